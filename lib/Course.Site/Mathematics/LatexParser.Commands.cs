using System.Text;

namespace Course.Site.Mathematics;

/// <summary>Parses commands, which begin with a backslash.</summary>
internal sealed partial class LatexParser
{
    private string Command(string name)
    {
        if (LatexSymbols.Identifiers.TryGetValue(name, out var identifier))
            return $"<mi>{identifier}</mi>";

        if (LatexSymbols.Operators.TryGetValue(name, out var symbol))
            return Operator(symbol);

        if (LatexSymbols.Large.TryGetValue(name, out var large))
            return $"<mo largeop=\"true\" movablelimits=\"false\">{large}</mo>";

        if (LatexSymbols.Functions.Contains(name) || LatexSymbols.LimitFunctions.Contains(name))
            return $"<mo lspace=\"0.1em\" rspace=\"0.1em\">{name}</mo>";

        if (LatexSymbols.Spaces.TryGetValue(name, out var width) || name == " ")
            return $"<mspace width=\"{width ?? "0.25"}em\"/>";

        if (LatexSymbols.Accents.TryGetValue(name, out var accent))
            return $"<mover accent=\"true\">{Argument()}<mo>{accent}</mo></mover>";

        if (LatexSymbols.Sizes.TryGetValue(name.TrimEnd('l', 'r'), out var size))
            return Sized(size);

        return LatexSymbols.Ignored.Contains(name) ? "" : WithArguments(name);
    }

    private string WithArguments(string name) => name switch
    {
        "frac" or "dfrac" or "tfrac" => $"<mfrac>{Argument()}{Argument()}</mfrac>",
        "binom" => $"<mrow><mo>(</mo><mfrac linethickness=\"0\">{Argument()}{Argument()}</mfrac><mo>)</mo></mrow>",
        "sqrt" => Root(),
        "text" or "textrm" or "mbox" => $"<mtext>{Verbatim()}</mtext>",
        "textit" or "mathit" => $"<mi class=\"it\">{Verbatim()}</mi>",
        "texttt" or "mathtt" => $"<mtext class=\"tt\">{Verbatim()}</mtext>",
        "mathrm" or "operatorname" => $"<mi mathvariant=\"normal\">{Verbatim()}</mi>",
        "mathbf" or "boldsymbol" or "textbf" => $"<mrow class=\"bf\">{Argument()}</mrow>",
        "mathcal" => $"<mi>{string.Concat(Verbatim().Select(LatexAlphabets.Script))}</mi>",
        "mathbb" => $"<mi>{string.Concat(Verbatim().Select(LatexAlphabets.Blackboard))}</mi>",
        "underbrace" => $"<munder>{Argument()}<mo>⏟</mo></munder>",
        "overbrace" => $"<mover>{Argument()}<mo>⏞</mo></mover>",
        "left" => Fenced(),
        "begin" => Environment(Verbatim()),
        _ => throw new FormatException($"unknown command \\{name}"),
    };

    private string Fenced()
    {
        var open = Delimiter();
        var body = Row(token => token is { Kind: LatexTokenKind.Command, Text: "right" });
        Expect(LatexTokenKind.Command, "right");
        return $"<mrow>{open}{body}{Delimiter()}</mrow>";
    }

    private string Sized(string size)
    {
        var sized = $"<mo stretchy=\"true\" minsize=\"{size}em\" maxsize=\"{size}em\"";
        return Delimiter().Replace("<mo stretchy=\"true\"", sized, StringComparison.Ordinal);
    }

    private string Delimiter()
    {
        SkipSpaces();
        var token = Take();
        var text = token.Kind == LatexTokenKind.Command
            ? LatexSymbols.Operators.GetValueOrDefault(token.Text) ?? throw new FormatException("unknown delimiter")
            : token.Text;
        return text == "." ? "" : $"<mo stretchy=\"true\" fence=\"true\">{Escape(text)}</mo>";
    }

    private string Environment(string name)
    {
        var (open, close) = name switch
        {
            "cases" => ("{", ""),
            "pmatrix" => ("(", ")"),
            "bmatrix" => ("[", "]"),
            "vmatrix" => ("|", "|"),
            "matrix" or "aligned" or "align" or "align*" or "gathered" => ("", ""),
            _ => throw new FormatException($"unknown environment {name}"),
        };
        var table = $"<mtable class=\"{name.TrimEnd('*')}\">{Rows()}</mtable>";
        if (Verbatim() != name)
            throw new FormatException($"{name} is not closed");

        return $"<mrow>{Fence(open)}{table}{Fence(close)}</mrow>";
    }

    /// <summary>Parses the rows of a table, up to and including <c>\end</c>.</summary>
    private string Rows()
    {
        var rows = new StringBuilder("<mtr><mtd>");
        while (true)
        {
            rows.Append(Row(token => token.Kind == LatexTokenKind.Column
                || token is { Kind: LatexTokenKind.Command, Text: "\\" or "end" }));
            switch (Take())
            {
                case { Kind: LatexTokenKind.Column }:
                    rows.Append("</mtd><mtd>");
                    break;
                case { Kind: LatexTokenKind.Command, Text: "\\" }:
                    rows.Append("</mtd></mtr><mtr><mtd>");
                    break;
                case { Kind: LatexTokenKind.Command, Text: "end" }:
                    return rows.Append("</mtd></mtr>").ToString();
                default:
                    throw new FormatException("table is not closed");
            }
        }
    }

    private string Root()
    {
        SkipSpaces();
        if (Next.Text != "[")
            return $"<msqrt>{Argument()}</msqrt>";

        position++;
        var degree = Row(token => token.Text == "]");
        Expect(LatexTokenKind.Symbol, "]");
        return $"<mroot>{Argument()}<mrow>{degree}</mrow></mroot>";
    }
}
