/** Light, dark, forced colours; from 320 px on; nothing moves. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1c2024, #e8eaed);
  --quiet: light-dark(#5a636d, #a4adb8);
  --ground: light-dark(#f4f5f7, #14171a);
  --card: light-dark(#ffffff, #1d2125);
  --line: light-dark(#d7dce1, #363c43);
  --field: light-dark(#80868d, #7d8894);
  --accent: light-dark(#0b5cad, #7ab8f5);
  --on-accent: light-dark(#ffffff, #0c1a28);
  --good: light-dark(#17692e, #7fd598);
  --bad: light-dark(#b3261e, #ffb4ab);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1, h2 { margin: 0; line-height: 1.25; }
h1 { font-size: 1.25rem; }
h2 { font-size: 1rem; }
p { margin: 0; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .75rem 1rem; background: var(--card); border-block-end: 1px solid var(--line); }
header > :nth-last-child(2) { margin-inline-start: auto; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; align-items: start; max-inline-size: 90rem; margin-inline: auto; padding: 1rem; }
.sign-in { grid-template-columns: minmax(0, 34rem); justify-content: center; }
section > *, .column { min-inline-size: 0; }
.column, .content { display: grid; gap: 1rem; }
.content { gap: .75rem; }
section { display: grid; gap: .75rem; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; min-inline-size: 0; }
.wide { grid-column: 1 / -1; }
.quiet { color: var(--quiet); font-size: .875rem; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: .75rem; margin: 0; }
.numbers div { display: flex; flex-direction: column-reverse; }
.numbers dt { color: var(--quiet); font-size: .875rem; }
.numbers dd { margin: 0; font-size: 1.75rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.health { display: grid; gap: .5rem; margin: 0; padding: 0; list-style: none; }
.health li { display: grid; grid-template-columns: 1.25rem 4.5rem minmax(0, 1fr); gap: .5rem; }
.good .mark, .good-text { color: var(--good); }
.bad .mark, .bad-text { color: var(--bad); }
.off .mark { color: var(--quiet); }
.mark { font-weight: 700; }
form, fieldset { display: grid; gap: .75rem; margin: 0; padding: 0; border: 0; min-inline-size: 0; }
legend { padding: 0; margin-block-end: .5rem; font-weight: 600; }
label { display: grid; gap: .25rem; }
label.check { grid-template-columns: auto minmax(0, 1fr); align-items: start; gap: .5rem; }
input, select, textarea { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--field); border-radius: .25rem; padding: .375rem .5rem; inline-size: 100%; min-block-size: 2.25rem; }
textarea { resize: vertical; }
input[type='checkbox'] { inline-size: 1.25rem; min-block-size: 1.25rem; margin: .125rem 0 0; accent-color: var(--accent); }
button { font: inherit; color: var(--accent); background: transparent; border: 1px solid currentColor; border-radius: .25rem; padding: .375rem .875rem; min-block-size: 2.25rem; cursor: pointer; }
button.first { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
button.danger { color: var(--bad); }
button:disabled { opacity: .55; cursor: default; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.row { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .5rem; align-items: start; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.scroller { overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: start; color: var(--quiet); font-size: .875rem; padding-block-end: .5rem; }
th, td { text-align: start; padding: .375rem .75rem .375rem 0; border-block-end: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; font-size: .875rem; }
td.number, th.number { text-align: end; padding-inline-end: 1.5rem; }
code { font-family: ui-monospace, monospace; font-size: .875em; }
@media (forced-colors: active) { section, header { border-color: CanvasText; } }
`;
