import { burst } from "./timing";

/**
 * Publishes diagnostics for a client that does not pull, once per burst of changes to a document, when the burst is
 * over.
 */
export function openPublisher(publish: (uri: string) => Promise<void>): (uri: string) => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  // If the client has not read a message yet, no other is sent for the document.
  const sending = new Map<string, Promise<void>>();
  const send = (uri: string) => {
    timers.delete(uri);
    const before = sending.get(uri);
    if (before) return void before.then(() => schedule(uri));
    const sent = publish(uri).finally(() => sending.delete(uri));
    sending.set(uri, sent);
  };
  const schedule = (uri: string) => {
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => send(uri), burst),
    );
  };
  return schedule;
}
