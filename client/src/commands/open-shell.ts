import { chooseContainer, connect } from "../flows/connect";
import type { Dependencies, User } from "../ports";
import { plain } from "../text";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";

/** Opens a terminal inside a running container, as root. */
export async function openShell(deps: Dependencies, called?: string): Promise<void> {
  const { ui } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called);
  if (container) ui.terminal(titles.shell(ui.t, container.name), (size) => engine.shell(container, size));
}

/** Opens a terminal inside a running container as one of the users who can log in there. */
export async function openShellAs(deps: Dependencies, called?: string): Promise<void> {
  const { ui } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called);
  if (!container) return;
  const user = await chooseUser(deps, await engine.users(container));
  if (!user) return;
  const title = titles.shellAs(ui.t, container.name, user.name);
  ui.terminal(title, (size) => engine.shell(container, size, user));
}

async function chooseUser({ ui }: Dependencies, users: readonly User[]): Promise<User | undefined> {
  if (users.length === 0) ui.tell("warning", notices.noUsers(ui.t));
  if (users.length < 2) return users[0];
  const choices = users.map((user) => ({
    label: plain(user.name),
    description: plain(`${user.uid} ${user.home} ${user.shell}`),
    value: user,
  }));
  return ui.pick(titles.logInAs(ui.t), choices);
}
