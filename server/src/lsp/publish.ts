import { burst } from "./timing";

/** Publishes for a client that does not pull: once for a burst of changes of a document, when it is over. */
export function openPublisher(publish: (uri: string) => Promise<void>): (uri: string) => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  // One that the client does not read yet is not followed by another.
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
