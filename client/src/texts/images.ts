import type { Texts } from "../text";

/** The strings of the commands commit, tag and push. */
export const images = {
  commitAs: (t, container: string) => t("Commit {0} as", container),
  committing: (t, container: string) => t("Committing {0}", container),
  committed: (t, container: string, image: string) => t("Committed {0} as {1}.", container, image),
  bootImage: (t) => t("Boot Image"),
  tagAs: (t, image: string) => t("Tag {0} as", image),
  tagged: (t, image: string, name: string) => t("Tagged {0} as {1}.", image, name),
  pushAs: (t) => t("Push as"),
  pushAsOther: (t) => t("Push Under Another Name…"),
  selectName: (t) => t("Select the name to push"),
  pushing: (t, image: string) => t("Pushing {0}", image),
  pushed: (t, image: string) => t("Pushed {0}.", image),
  push: (t) => t("Push…"),
  doing: (t) => t("Push"),
  nameDetail: (t) =>
    t("NAME:TAG. For a registry other than Docker Hub, start with its host: registry.example.com/web:1"),
} as const satisfies Texts;
