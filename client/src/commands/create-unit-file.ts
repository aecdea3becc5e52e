import { convert } from "../flows/convert";
import { chooseFile } from "../flows/files";
import type { Dependencies } from "../ports";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";

/** Creates a unit for a program in the image. The user enters the program; `named` is the suggested one. */
export async function createUnitFile(deps: Dependencies, called?: string, named?: string): Promise<void> {
  const { ui } = deps;
  const uri = await chooseFile(ui, ["dockerfile"], called);
  if (uri === undefined) return;
  const program = await ui.ask(titles.unitProgram(ui.t), {
    value: named,
    detail: titles.unitProgramDetail(ui.t),
  });
  if (program === undefined || program.trim() === "") return;
  await convert(deps, { uri, to: "createUnit", program }, notices.unitCreated(ui.t));
}
