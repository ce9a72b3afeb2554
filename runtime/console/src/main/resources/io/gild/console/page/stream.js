/** Talks to the server: requests with the token, and the stream of changes. */

const WAITS = [1, 2, 3, 5, 8, 10];
const SILENCE_MILLIS = 40_000; // the server sends a comment every 15 s
const HIDDEN_MILLIS = 60_000;
const SLEPT_MILLIS = 15_000;
const POLL_SECONDS = 5;
const TOKEN = 'gild.token';

export class ServerError extends Error {
  constructor(status, message, needsToken) {
    super(message);
    this.status = status;
    this.needsToken = needsToken;
  }
}

/** The server's interface. Asks for a token when the server needs one. */
export class Api {
  constructor(askForToken) {
    this.askForToken = askForToken;
    this.token = readToken();
  }

  async request(path, options = {}) {
    for (;;) {
      const used = this.token;
      const response = await fetch(path, { cache: 'no-store', ...options, headers: { ...(options.headers ?? {}), ...(used ? { Authorization: 'Bearer ' + used } : {}) } });
      if (response.ok) {
        return response;
      }
      const error = await errorOf(response);
      if (!error.needsToken) {
        throw error;
      }
      if (used === this.token) {
        await this.#ask(Boolean(used));
      }
    }
  }

  /** Several requests may miss the token at once; the person is asked once. */
  #ask(wasWrong) {
    this.asking ??= this.askForToken(wasWrong).then((token) => {
      this.asking = null;
      this.#keep(token);
    });
    return this.asking;
  }

  #keep(token) {
    this.token = token;
    try {
      sessionStorage.setItem(TOKEN, token);
    } catch {
      // without storage, the token lasts as long as the page
    }
  }

  async json(path, options) {
    return (await this.request(path, options)).json();
  }

  act(control, action) {
    return this.json('/v1/actions', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Gild-Action': '1' }, body: JSON.stringify({ control, action }) });
  }
}

async function errorOf(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    // not an answer of this server
  }
  return new ServerError(response.status, body.error ?? 'The server answered ' + response.status + '.', response.status === 401 && body.token === true);
}

/** Takes the token out of the address, where it would be seen and bookmarked. */
function readToken() {
  const found = /[#&?]token=([^&]*)/.exec(location.hash);
  let token = '';
  try {
    token = sessionStorage.getItem(TOKEN) ?? '';
    if (found) {
      token = decodeURIComponent(found[1]);
      sessionStorage.setItem(TOKEN, token);
    }
  } catch {
    token = found ? found[1] : '';
  }
  if (found) {
    const rest = location.hash.replace(/([#&?])token=[^&]*&?/, '$1').replace(/[?&#]$/, '');
    history.replaceState(null, '', location.pathname + location.search + rest);
  }
  return token;
}

/** Splits a stream of server-sent events. */
export class EventReader {
  #rest = '';
  #event = { name: 'message', data: [], id: null };

  constructor(onEvent) {
    this.onEvent = onEvent;
  }

  read(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop();
    for (const raw of lines) {
      this.#line(raw.endsWith('\r') ? raw.slice(0, -1) : raw);
    }
  }

  #line(line) {
    if (line === '') {
      if (this.#event.data.length > 0) {
        this.onEvent(this.#event.name, this.#event.data.join('\n'), this.#event.id);
      }
      this.#event = { name: 'message', data: [], id: null };
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'data') {
      this.#event.data.push(value);
    } else if (field === 'event') {
      this.#event.name = value;
    } else if (field === 'id') {
      this.#event.id = value;
    }
  }
}

/** Keeps one stream open while the page is seen; reports its state. */
export class Connection {
  status = { kind: 'connecting' };
  started = false;
  #api;
  #handlers;
  #query = '';
  #failures = 0;
  #abort = null;
  #lastBytes = 0;
  #lastTick = Date.now();
  #lastId = '';
  #timer = 0;
  #hiddenAt = 0;

  constructor(api, handlers) {
    this.#api = api;
    this.#handlers = handlers;
    setInterval(() => this.#tick(), 1000);
    document.addEventListener('visibilitychange', () => this.#visibility());
    addEventListener('online', () => this.#soon());
    addEventListener('pagehide', () => this.#stop());
    addEventListener('pageshow', (event) => event.persisted && this.open(this.#query));
  }

  /** Opens the stream with a query such as "tail=1"; the stream that was open ends. */
  open(query) {
    this.started = true;
    this.#query = query;
    this.#stop();
    this.#run();
  }

  /** Asks for new calls too, or no longer; opens a new stream only if that is a change. */
  tail(filters) {
    const wanted = new URLSearchParams(filters ? { tail: 1 } : {});
    for (const [name, value] of Object.entries(filters ?? {})) {
      if (value) {
        wanted.set(name, value);
      }
    }
    if (!this.started || wanted.toString() !== this.#query) {
      this.open(wanted.toString());
    }
  }

  retry() {
    this.#failures = 0;
    this.open(this.#query);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = null;
  }

  #say(status) {
    this.status = status;
    this.#handlers.status(status);
  }

  async #run() {
    const abort = new AbortController();
    this.#abort = abort;
    this.#lastBytes = Date.now();
    let why = 'the server closed the stream';
    try {
      await this.#read(abort);
    } catch (failure) {
      if (failure instanceof ServerError && failure.status === 503) {
        return this.#poll(abort, failure.message);
      }
      why = failure instanceof ServerError ? failure.message : 'no answer';
    }
    if (this.#abort === abort) {
      this.#abort = null;
      this.#again(why);
    }
  }

  async #read(abort) {
    const headers = this.#lastId ? { 'Last-Event-ID': this.#lastId } : {};
    const response = await this.#api.request('/v1/stream' + (this.#query ? '?' + this.#query : ''), { signal: abort.signal, headers });
    const reader = new EventReader((name, data, id) => this.#event(abort, name, data, id));
    const bytes = response.body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await bytes.read();
      if (done || this.#abort !== abort) {
        return;
      }
      this.#lastBytes = Date.now();
      reader.read(decoder.decode(value, { stream: true }));
    }
  }

  #event(abort, name, data, id) {
    if (this.#abort !== abort) {
      return;
    }
    this.#lastId = id ?? this.#lastId;
    this.#failures = 0;
    this.#handlers.event(name, JSON.parse(data));
    if (this.status.kind !== 'live') {
      this.#say({ kind: 'live' });
    }
  }

  /** The server has enough streams: the page asks now and then instead. */
  async #poll(abort, why) {
    try {
      const state = await this.#api.json('/v1/state', { signal: abort.signal });
      if (this.#abort === abort) {
        this.#handlers.event('state', state);
        this.#say({ kind: 'polling', why, seconds: POLL_SECONDS });
        this.#timer = setTimeout(() => this.#run(), POLL_SECONDS * 1000);
      }
    } catch {
      if (this.#abort === abort) {
        this.#again(why);
      }
    }
  }

  #again(why) {
    const seconds = WAITS[Math.min(this.#failures++, WAITS.length - 1)];
    this.#say({ kind: 'reconnecting', at: Date.now() + seconds * 1000, seconds, why });
    this.#timer = setTimeout(() => this.#run(), seconds * 1000);
  }

  #soon() {
    if (this.status.kind === 'reconnecting' && !document.hidden) {
      this.retry();
    }
  }

  #tick() {
    const now = Date.now();
    const slept = now - this.#lastTick > SLEPT_MILLIS;
    this.#lastTick = now;
    if (this.#hiddenAt && now - this.#hiddenAt > HIDDEN_MILLIS && this.status.kind !== 'asleep') {
      this.#stop();
      this.#say({ kind: 'asleep' });
    } else if (!document.hidden && this.status.kind === 'live' && (slept || now - this.#lastBytes > SILENCE_MILLIS)) {
      this.retry();
    } else if (this.status.kind === 'reconnecting') {
      this.#say({ ...this.status, seconds: Math.max(0, Math.ceil((this.status.at - now) / 1000)) });
    }
  }

  #visibility() {
    this.#hiddenAt = document.hidden ? Date.now() : 0;
    if (!document.hidden && this.status.kind !== 'live' && this.status.kind !== 'polling') {
      this.retry();
    }
  }
}
