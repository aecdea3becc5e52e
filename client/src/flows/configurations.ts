import type { Choice, Dependencies, LaunchConfiguration } from "../ports";
import { plain } from "../text";
import { labels } from "../texts/labels";
import { titles } from "../texts/titles";

/**
 * How a Dockerfile is booted: by one of the configurations that name it, or by none of them. Nothing is asked
 * where none does; undefined when the question is dismissed.
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

/** A launch configuration in a list. */
export function configurationChoice(configuration: LaunchConfiguration): Choice<LaunchConfiguration> {
  const { name, dockerfile, image, compose, service, stage } = configuration;
  const description = [dockerfile ?? image ?? compose, service ?? stage].filter(Boolean).join(" · ");
  return { label: plain(name), description: plain(description), value: configuration };
}
