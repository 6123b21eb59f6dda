/** The whole document; everything else is made by its script, node by node. */
export const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>Parley administration</title>
    <link rel="stylesheet" href="/admin/admin.css" />
    <script type="module" src="/admin/main.js"></script>
  </head>
  <body>
    <noscript>This page needs its script.</noscript>
    <div id="page"></div>
  </body>
</html>
`;
