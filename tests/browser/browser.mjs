// How Chromium is started, for the tests and for the screenshots alike.

export const BROWSER = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    // Chromium calls home at every start, which closed networks refuse, slowly and many at a time.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
    '--disable-gpu',
    // No name but this machine's can be looked up: a page that calls another host fails, whatever the network allows.
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
};
