/** The part of mocha's globals that element tests use: the runner brings mocha, but not its types. */
type TestStep = () => void | Promise<void>;

declare function describe(title: string, body: () => void): void;
declare function it(title: string, body: TestStep): void;
declare function before(step: TestStep): void;
declare function after(step: TestStep): void;
declare function beforeEach(step: TestStep): void;
declare function afterEach(step: TestStep): void;
