// Serves a database of PGlite with pgvector. Arguments: the folder of the npm packages, the port.
// It has one session, so that clients must come one after another.
const { createRequire } = require('node:module');
const [folder, port] = process.argv.slice(-2);
const packages = createRequire(folder + '/');
const { PGlite } = packages('@electric-sql/pglite');
const { vector } = packages('@electric-sql/pglite-pgvector');
const { PGLiteSocketServer } = packages('@electric-sql/pglite-socket');

(async () => {
  const db = await PGlite.create({ extensions: { vector } });
  await db.exec('CREATE EXTENSION vector');
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: Number(port), maxConnections: 10 });
  // What the client before this one prepared must not meet the same names of the next one.
  server.addEventListener('connection', () => db.exec('DISCARD ALL').catch(() => {}));
  await server.start();
  console.log('ready on port ' + port);
})();
