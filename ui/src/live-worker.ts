// The shared worker: one event stream for all pages of this browser.

interface Shared { onconnect: ((event: MessageEvent) => void) | null }

const ports = new Set<MessagePort>();
let stream: EventSource | undefined;
let broken = false;

function tell(data: string): void {
  for (const port of ports) port.postMessage(data);
}

function open(): void {
  if (stream && stream.readyState !== EventSource.CLOSED) return;
  stream = new EventSource("/live");
  stream.onmessage = (event) => tell(event.data as string);
  stream.addEventListener("resync", () => tell('{"topic":"*"}'));
  stream.onerror = () => {
    broken = true;
    // The browser reconnects by itself unless the server refused; then we knock again later.
    if (stream?.readyState === EventSource.CLOSED) setTimeout(() => ports.size > 0 && open(), 5000);
  };
  stream.onopen = () => {
    if (broken) tell('{"topic":"*"}');
    broken = false;
  };
}

function leave(port: MessagePort): void {
  ports.delete(port);
  if (ports.size > 0) return;
  stream?.close();
  stream = undefined;
}

(self as unknown as Shared).onconnect = (event) => {
  const port = event.ports[0];
  if (!port) return;
  ports.add(port);
  port.onmessage = (message) => { if (message.data === "leave") leave(port); };
  port.start();
  open();
};
