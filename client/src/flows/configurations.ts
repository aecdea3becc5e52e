import type { Choice, Dependencies, LaunchConfiguration } from "../ports";
import { plain } from "../text";
import { labels } from "../texts/labels";
import { titles } from "../texts/titles";

/**
 * How to boot a Dockerfile: with one of the launch configurations for it, or with none. If there are no such
 * configurations, the user is not prompted. Undefined if the prompt is dismissed.
 */
export async function chooseConfiguration(
  { ui }: Dependencies,
  uri: string,
): Promise<Partial<LaunchConfiguration> | undefined> {
  const own = ui.launches().filter(({ dockerfile }) => dockerfile && ui.resolve(dockerfile) === ui.path(uri));
  if (own.length === 0) return {};
  return ui.pick<Partial<LaunchConfiguration>>(titles.selectConfiguration(ui.t), [
    ...own.map(configurationChoice),
    { label: labels.withoutConfiguration(ui.t), value: {} },
  ]);
}

/** A launch configuration as a list item. */
export function configurationChoice(configuration: LaunchConfiguration): Choice<LaunchConfiguration> {
  const { name, dockerfile, image, compose, service, stage } = configuration;
  const description = [dockerfile ?? image ?? compose, service ?? stage].filter(Boolean).join(" · ");
  return { label: plain(name), description: plain(description), value: configuration };
}
