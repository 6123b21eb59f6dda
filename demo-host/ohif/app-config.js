/*
 * The configuration of the viewer, as a site writes it (widgets/adapters/ohif/README.md); the viewer itself is as it comes from npm. What is
 * only of this demo: its settings are asked for, since its ports may be others.
 */
const config = {
  routerBasename: '/',
  showStudyList: true,
  extensions: [],
  modes: [],
  // Said by the viewer at every first visit, over everything else.
  investigationalUseDialog: { option: 'never' },
  customizationService: { 'ohif.tours': { $set: [] } },
  defaultDataSourceName: 'archive',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
      sourceName: 'archive',
      configuration: {
        friendlyName: 'The hospital’s archive',
        name: 'archive',
        qidoRoot: '/dicom-web',
        wadoRoot: '/dicom-web',
        imageRendering: 'wadors',
        thumbnailRendering: 'wadors',
        enableStudyLazyLoad: true,
        qidoSupportsIncludeField: false,
        supportsFuzzyMatching: false,
        supportsWildcard: true,
        omitQuotationForMultipartRequest: true,
      },
    },
  ],
};

async function withChat() {
  const { server } = await (await fetch('/chat/settings')).json();
  // The viewer opens without chat rather than late.
  const patience = new Promise((resolve) => setTimeout(resolve, 3000));
  const parley = await Promise.race([import(`${server}/parley/ohif.js`), patience]).catch(() => null);
  if (!parley) return config;
  const chat = parley.parleyExtension({
    server,
    token: async ({ signal }) => (await fetch('/chat/token', { signal })).text(),
    banner: true,
  });
  return { ...config, extensions: [...config.extensions, chat] };
}

const { routerBasename, defaultDataSourceName } = config;
window.config = Object.assign(withChat, { routerBasename, defaultDataSourceName });
