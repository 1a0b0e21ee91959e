/** Whether a string has the format, by the formats' names; as loose as the real gateway is. */
export const formats: Readonly<Record<string, (value: string) => boolean>> = {
  uri: (value) => /^[a-z][a-z0-9+.-]*:\S*$/i.test(value),
  email: (value) => /^[^\s@]+@[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(value),
  regex: (value) => {
    try {
      new RegExp(value);
      return true;
    } catch {
      return false;
    }
  },
};
