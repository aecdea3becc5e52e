import { after, afterEach, before, type Context } from "mocha";
import { type Engine, isSkipped, startEngine } from "../lab";
import { type Editor, type EditorOptions, openEditor } from "./editor";
import { skip } from "./mocha";

interface SessionOptions extends EditorOptions {
  /** The engine of the lab that the editor gets, with these images. */
  readonly lab?: { readonly engine: string; readonly images: readonly string[] };
  /** Options that depend on the engine. */
  readonly withEngine?: (address: string, engine: Engine) => EditorOptions | Promise<EditorOptions>;
}

/**
 * One editor, and one engine where one is named, for a file of tests. What it gives skips the test that calls it
 * where the engine cannot be had, with the reason. A test that fails leaves a picture.
 */
export function useEditor({ lab, withEngine, ...options }: SessionOptions) {
  let editor: Editor | undefined;
  let engine: Engine | undefined;
  let reason = "the editor did not open";

  before(async function () {
    this.timeout(1_200_000);
    const found = lab && (await startEngine(lab.engine));
    if (found && isSkipped(found)) {
      reason = found.skipped;
      return;
    }
    engine = found;
    for (const image of lab?.images ?? []) await engine?.ensureImage(image);
    const address = engine && (engine.socket.includes("://") ? engine.socket : `unix://${engine.socket}`);
    const more = address && engine && (await withEngine?.(address, engine));
    editor = await openEditor({ ...options, ...more });
  });

  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    await editor?.workbench.screenshot(`failed ${this.currentTest.fullTitle().replace(/\W+/g, "-")}`);
  });

  after(async () => {
    await editor?.close();
    await engine?.stop();
  });

  return (context: Context) => {
    if (!editor) return skip(context, reason);
    const exec = engine?.exec ?? (() => Promise.reject(new Error("there is no engine")));
    return { workbench: editor.workbench, exec };
  };
}
