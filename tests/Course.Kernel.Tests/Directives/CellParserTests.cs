using Course.Kernel.Directives;
using Course.Kernel.Scripting;

namespace Course.Kernel.Tests.Directives;

public sealed class CellParserTests
{
    [Fact]
    public void Plain_code_is_one_part() => Assert.Equal([new CellPart.Code("var x = 1;")], CellParser.Parse("var x = 1;"));

    [Fact]
    public void References_come_first_and_code_keeps_its_lines() =>
        Assert.Equal(
            [new CellPart.Directive("#r", "nuget: Plotly.NET, 6.0.0", 2), new CellPart.Code("var x = 1;\n\nx")],
            CellParser.Parse("var x = 1;\n#r \"nuget: Plotly.NET, 6.0.0\"\nx"));

    [Fact]
    public void Imports_keep_their_position() =>
        Assert.Equal(
            [new CellPart.Code("var x = 1;"), new CellPart.Directive("#!import", "more.cs", 2), new CellPart.Code("\n\nx + y")],
            CellParser.Parse("var x = 1;\n#!import more.cs\nx + y"));

    [Theory]
    [InlineData("#!time 1 + 1", "       1 + 1")]
    [InlineData("  #!csharp var x = 1;", "           var x = 1;")]
    public void Code_after_a_directive_without_argument_keeps_its_columns(string code, string left) =>
        Assert.Equal(new CellPart.Code(left), CellParser.Parse(code)[^1]);

    [Theory]
    [InlineData("#r \"nuget: X, 1\" // a comment")]
    [InlineData("#r \"nuget: X, 1\"  ")]
    public void A_comment_may_follow_an_argument(string code) =>
        Assert.Contains(new CellPart.Directive("#r", "nuget: X, 1", 1), CellParser.Parse(code));

    [Theory]
    [InlineData("#r \"nuget: X, 1\" var x = 1;", "CS1025", 17)]
    [InlineData("#i \"nuget: https://x/index.json\"; x", "CS1025", 32)]
    [InlineData("#load \"a.csx\" F();", "CS1025", 14)]
    [InlineData("#!import \"a.csx\" F();", "CS1025", 17)]
    [InlineData("#r \"nuget: X, 1", "CS1010", 3)]
    public void Code_after_an_argument_is_a_compile_error(string code, string id, int column)
    {
        var error = Assert.Single(Assert.Throws<CompilationFailedException>(() => CellParser.Parse(code)).Errors);
        Assert.Equal((id, column), (error.Id, error.Location.GetLineSpan().StartLinePosition.Character));
    }

    [Theory]
    [InlineData("var s = \"\"\"\n#r \"nope.dll\"\n\"\"\";")]
    [InlineData("var s = @\"\n#!time\n\";")]
    [InlineData("/*\n#!time\n*/")]
    [InlineData("#if false\n#r \"x.dll\"\n#endif")]
    public void Text_that_is_not_a_directive_is_unchanged(string code) =>
        Assert.DoesNotContain(CellParser.Parse(code), p => p is CellPart.Directive { Line: 2 });

    [Fact]
    public void The_compilers_own_directives_are_left_alone() =>
        Assert.Equal(
            [new CellPart.Code("#nullable enable\n#pragma warning disable\nstring? s = null;")],
            CellParser.Parse("#nullable enable\n#pragma warning disable\nstring? s = null;"));
}
