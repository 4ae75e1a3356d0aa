using System.Globalization;

namespace Course.TakeHome.Contracts;

/// <summary>
/// Decides which names an archive may hold: those that mean the same file on every system, inside the folder that it is unpacked to.
/// </summary>
public static class EntryName
{
    private const int Longest = 200;

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4",
        "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>What is wrong with a name; null if it is allowed.</summary>
    public static (EntryFlaw Flaw, string What)? Objection(string name) =>
        name.Length is 0 or > Longest ? (EntryFlaw.BadName, $"has {name.Length} characters; 1 to {Longest} are allowed")
        : name.Any(Treacherous) ? (EntryFlaw.BadName, "holds a control character, one that cannot be seen, or one that has another form")
        : name[0] is '/' or '\\' || (name.Length > 1 && name[1] == ':') ? (EntryFlaw.Absolute, "is an absolute path")
        : name.TrimEnd('/').Split('/', '\\').Select(OfPart).FirstOrDefault(flaw => flaw is not null)
            ?? (name.IndexOfAny(['\\', ':', '*', '?', '"', '<', '>', '|']) >= 0
                ? (EntryFlaw.BadName, "holds a character that means something else on another system")
                : null);

    /// <summary>
    /// Two names with the same key are the same file on a system that ignores case. Names with several Unicode forms would collide as well,
    /// and are refused.
    /// </summary>
    public static string Key(string name) => name.TrimEnd('/').ToUpperInvariant();

    /// <summary>A name as a report may show it: shortened, and with invisible characters escaped.</summary>
    public static string Shown(string name) => string.Concat((name.Length > 80 ? name[..80] + "…" : name)
        .Select(character => Treacherous(character) ? $"\\u{(int)character:x4}" : $"{character}"));

    private static (EntryFlaw Flaw, string What)? OfPart(string part) =>
        part is ".." ? (EntryFlaw.Outside, "leads out of the archive")
        : part is "" or "." ? (EntryFlaw.BadName, "holds an empty part")
        : part[^1] is '.' or ' ' || part[0] == ' '
            ? (EntryFlaw.BadName, "holds a part that begins or ends with a space, or ends with a dot")
        : Devices.Contains(part.Split('.')[0]) ? (EntryFlaw.BadName, "names a device on Windows")
        : null;

    private static bool Treacherous(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark || character == '\uFFFD';
}

/// <summary>What is wrong with a name.</summary>
public enum EntryFlaw
{
    BadName,
    Absolute,
    Outside,
}
