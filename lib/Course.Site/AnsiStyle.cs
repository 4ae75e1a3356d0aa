using System.Globalization;

namespace Course.Site;

/// <summary>The style of terminal text: a text colour (0 to 15, or none) and three attributes.</summary>
internal readonly record struct AnsiStyle(int? Color, bool Bold, bool Italic, bool Underline)
{
    public string Classes => string.Join(
        ' ',
        new[]
        {
            Color is { } color ? $"ansi-{color}" : "",
            Bold ? "ansi-bold" : "",
            Italic ? "ansi-italic" : "",
            Underline ? "ansi-underline" : "",
        }.Where(name => name.Length > 0));

    public AnsiStyle Apply(string parameters)
    {
        var style = this;
        var codes = new Queue<int>(parameters.Split(';').Select(
            code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0));
        while (codes.TryDequeue(out var code))
        {
            // 38 and 48 have arguments of their own, 5;n or 2;r;g;b, which are skipped.
            if (code is 38 or 48 && codes.TryDequeue(out var kind))
            {
                for (var skip = kind == 2 ? 3 : 1; skip > 0; skip--)
                    codes.TryDequeue(out _);

                continue;
            }

            style = style.Apply(code);
        }

        return style;
    }

    private AnsiStyle Apply(int code) => code switch
    {
        0 => default,
        1 => this with { Bold = true },
        3 => this with { Italic = true },
        4 => this with { Underline = true },
        22 => this with { Bold = false },
        23 => this with { Italic = false },
        24 => this with { Underline = false },
        >= 30 and <= 37 => this with { Color = code - 30 },
        39 => this with { Color = null },
        >= 90 and <= 97 => this with { Color = code - 90 + 8 },
        _ => this,
    };
}
