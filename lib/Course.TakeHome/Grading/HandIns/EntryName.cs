using System.Globalization;

namespace Course.TakeHome.Grading.HandIns;

/// <summary>Which names may stand in an archive: those that mean the same file on every system, inside the folder that it is unpacked to.</summary>
internal static class EntryName
{
    private const int Longest = 200;

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <exception cref="HandInRejectedException">It may not.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > Longest)
            throw Rejected(HandInFlaw.BadName, name, $"has {name.Length} characters; 1 to {Longest} are allowed");
        if (name.Any(Treacherous))
            throw Rejected(HandInFlaw.BadName, name, "holds a control character, one that cannot be seen, or one that has another form");
        if (name[0] is '/' or '\\' || (name.Length > 1 && name[1] == ':'))
            throw Rejected(HandInFlaw.Absolute, name, "is an absolute path");
        foreach (var part in name.TrimEnd('/').Split('/', '\\'))
            CheckPart(name, part);
        if (name.IndexOfAny(['\\', ':', '*', '?', '"', '<', '>', '|']) >= 0)
            throw Rejected(HandInFlaw.BadName, name, "holds a character that means something else on another system");
    }

    /// <summary>Two names with the same key are one file on some system: case does not tell them apart. Unicode form would not either, but names with a second form are refused.</summary>
    public static string Key(string name) => name.TrimEnd('/').ToUpperInvariant();

    /// <summary>A name as a report may show it.</summary>
    public static string Shown(string name) =>
        string.Concat((name.Length > 80 ? name[..80] + "…" : name).Select(character => Treacherous(character) ? $"\\u{(int)character:x4}" : $"{character}"));

    private static void CheckPart(string name, string part)
    {
        if (part is "..")
            throw Rejected(HandInFlaw.Outside, name, "leads out of the archive");
        if (part is "" or ".")
            throw Rejected(HandInFlaw.BadName, name, "holds an empty part");
        if (part[^1] is '.' or ' ' || part[0] == ' ')
            throw Rejected(HandInFlaw.BadName, name, "holds a part that begins or ends with a space, or ends with a dot");
        if (Devices.Contains(part.Split('.')[0]))
            throw Rejected(HandInFlaw.BadName, name, "names a device on Windows");
    }

    private static bool Treacherous(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark || character == '\uFFFD';

    private static HandInRejectedException Rejected(HandInFlaw flaw, string name, string what) => new(flaw, $"The archive's entry \"{Shown(name)}\" {what}.");
}
