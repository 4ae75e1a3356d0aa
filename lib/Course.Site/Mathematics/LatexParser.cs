using System.Net;
using System.Text;

namespace Course.Site.Mathematics;

/// <summary>
/// A recursive descent parser for one formula: row := (atom scripts)*. Throws <see cref="FormatException"/> for anything that it does not
/// know, so a formula is either converted completely or shown as its source.
/// </summary>
internal sealed partial class LatexParser(List<LatexToken> tokens, bool display)
{
    // Deeper nesting is an attack on the stack, not a formula.
    private const int MaximumDepth = 64;

    private int position;
    private int depth;

    private LatexToken Next => position < tokens.Count ? tokens[position] : new(LatexTokenKind.End, "");

    public string Parse()
    {
        var row = Row(_ => false);
        return Next.Kind == LatexTokenKind.End ? row : throw new FormatException($"unexpected '{Next.Text}'");
    }

    private string Row(Func<LatexToken, bool> stop)
    {
        var row = new StringBuilder();
        for (SkipSpaces(); Next.Kind is not (LatexTokenKind.End or LatexTokenKind.Close) && !stop(Next); SkipSpaces())
            row.Append(Scripted());

        return row.ToString();
    }

    private string Scripted()
    {
        var limits = display && Next.Kind == LatexTokenKind.Command
            && (LatexSymbols.Large.ContainsKey(Next.Text) || LatexSymbols.LimitFunctions.Contains(Next.Text)
                || Next.Text is "underbrace" or "overbrace");
        var nucleus = Next.Kind is LatexTokenKind.Subscript or LatexTokenKind.Superscript ? "<mrow></mrow>" : Atom();
        string? below = null, above = null;
        for (SkipSpaces(); ; SkipSpaces())
        {
            if (Next.Kind == LatexTokenKind.Subscript && below is null)
            {
                position++;
                below = Argument();
            }
            else if (Next.Kind == LatexTokenKind.Superscript && above is null)
            {
                position++;
                above = Argument();
            }
            else if (Next.Text == "'" && above is null)
                above = $"<mo>{Primes()}</mo>";
            else
                return Attach(nucleus, below, above, limits);
        }
    }

    private static string Attach(string nucleus, string? below, string? above, bool limits) => (below, above) switch
    {
        (null, null) => nucleus,
        (_, null) => limits ? $"<munder>{nucleus}{below}</munder>" : $"<msub>{nucleus}{below}</msub>",
        (null, _) => limits ? $"<mover>{nucleus}{above}</mover>" : $"<msup>{nucleus}{above}</msup>",
        _ => limits
            ? $"<munderover>{nucleus}{below}{above}</munderover>"
            : $"<msubsup>{nucleus}{below}{above}</msubsup>",
    };

    private string Primes()
    {
        var start = position;
        while (Next.Text == "'")
            position++;

        return new string('′', position - start);
    }

    private string Atom()
    {
        if (++depth > MaximumDepth)
            throw new FormatException("nested too deeply");

        var token = Take();
        var atom = token.Kind switch
        {
            LatexTokenKind.Number => $"<mn>{token.Text}</mn>",
            LatexTokenKind.Letter => $"<mi>{Escape(token.Text)}</mi>",
            LatexTokenKind.Symbol => Operator(token.Text == "-" ? "−" : token.Text),
            LatexTokenKind.Open => Group(),
            LatexTokenKind.Command => Command(token.Text),
            _ => throw new FormatException($"unexpected '{token.Text}'"),
        };
        depth--;
        return atom;
    }

    /// <summary>
    /// Parses an argument: a group in braces or a single atom. Of a number without braces it takes one digit, as in <c>\frac12</c>.
    /// </summary>
    private string Argument()
    {
        SkipSpaces();
        if (Next is { Kind: LatexTokenKind.Number, Text.Length: > 1 } number)
        {
            tokens[position] = number with { Text = number.Text[1..] };
            return $"<mrow><mn>{number.Text[0]}</mn></mrow>";
        }

        return Next.Kind is LatexTokenKind.End or LatexTokenKind.Close
            ? throw new FormatException("an argument is missing")
            : $"<mrow>{Atom()}</mrow>";
    }

    private string Group()
    {
        var row = Row(_ => false);
        Expect(LatexTokenKind.Close, "}");
        return $"<mrow>{row}</mrow>";
    }

    /// <summary>Returns the text between braces, including spaces.</summary>
    private string Verbatim()
    {
        SkipSpaces();
        Expect(LatexTokenKind.Open, "{");
        var text = new StringBuilder();
        while (Next.Kind is not (LatexTokenKind.Close or LatexTokenKind.End or LatexTokenKind.Open))
            text.Append(Take().Text);

        Expect(LatexTokenKind.Close, "}");
        return Escape(text.ToString());
    }

    // Plain brackets keep the size of the line, as in TeX; only those of \left and \right grow.
    private static string Operator(string text) =>
        "()[]{}|‖⟨⟩⌊⌋⌈⌉".Contains(text, StringComparison.Ordinal)
            ? $"<mo stretchy=\"false\">{Escape(text)}</mo>"
            : $"<mo>{Escape(text)}</mo>";

    private static string Fence(string text) => text.Length == 0 ? "" : $"<mo fence=\"true\">{text}</mo>";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private LatexToken Take()
    {
        var token = Next;
        position++;
        return token;
    }

    private void Expect(LatexTokenKind kind, string text)
    {
        if (Take() is var token && (token.Kind != kind || token.Text != text))
            throw new FormatException($"expected '{text}', found '{token.Text}'");
    }

    private void SkipSpaces()
    {
        while (Next.Kind == LatexTokenKind.Space)
            position++;
    }
}
