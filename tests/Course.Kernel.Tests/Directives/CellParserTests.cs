using Course.Kernel.Directives;

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
    public void Imports_stay_in_their_place() =>
        Assert.Equal(
            [new CellPart.Code("var x = 1;"), new CellPart.Directive("#!import", "more.cs", 2), new CellPart.Code("\n\nx + y")],
            CellParser.Parse("var x = 1;\n#!import more.cs\nx + y"));

    [Theory]
    [InlineData("var s = \"\"\"\n#r \"nope.dll\"\n\"\"\";")]
    [InlineData("var s = @\"\n#!time\n\";")]
    [InlineData("/*\n#!time\n*/")]
    [InlineData("#if false\n#r \"x.dll\"\n#endif")]
    public void What_is_not_a_directive_to_the_compiler_is_left_alone(string code) =>
        Assert.DoesNotContain(CellParser.Parse(code), p => p is CellPart.Directive { Line: 2 });

    [Fact]
    public void The_compilers_own_directives_are_left_alone() =>
        Assert.Equal([new CellPart.Code("#nullable enable\n#pragma warning disable\nstring? s = null;")], CellParser.Parse("#nullable enable\n#pragma warning disable\nstring? s = null;"));
}
