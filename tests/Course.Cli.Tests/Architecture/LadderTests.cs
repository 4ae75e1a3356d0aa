using ArchUnitNET.Domain;

namespace Course.Cli.Tests.Architecture;

/// <summary>
/// The dependencies form a ladder: projects, and the folders of the library, depend only on those below them. So
/// there are no cycles either.
/// </summary>
public class LadderTests
{
    private const string Library = "Course.Inference";

    [Fact]
    public void Projects_need_only_those_below_them() => RequireOrder(Order.OfProjects, Ladder.Types, ProjectOf);

    [Fact]
    public void Folders_of_the_library_need_only_those_below_them() =>
        RequireOrder(Order.OfInference, Ladder.Types.Where(type => ProjectOf(type) == Library), FolderOf);

    [Fact]
    public void An_arrow_upward_is_found_wherever_it_is_in_the_code()
    {
        var planted = Ladder.Planted;

        var arrows = Ladder.Arrows(planted, type => type.Namespace.FullName.Split('.')[^1]);

        var upward = new Order(["Below", "Above"]).Upward(arrows);
        Assert.Equal(["Below → Above"], upward.Select(arrow => $"{arrow.From} → {arrow.To}").Distinct());
        Assert.Equal(
            ["ByBase", "ByCall", "ByField", "ByLambda", "ByTask"],
            upward.Select(arrow => arrow.Type.Split('.')[^1].Split('+', '/')[0]).Distinct().Order());
    }

    private static void RequireOrder(Order order, IEnumerable<IType> types, Func<IType, string?> roomOf)
    {
        var arrows = Ladder.Arrows(types, roomOf);
        Assert.NotEmpty(arrows);
        Assert.True(!order.Unknown(arrows).Any(), $"These have no place in {nameof(Order)}: {string.Join(", ", order.Unknown(arrows))}.");
        var upward = order.Upward(arrows).Select(arrow => $"{arrow}").Order(StringComparer.Ordinal).ToList();
        Assert.True(upward.Count == 0, $"{upward.Count} arrows go up:\n{string.Join('\n', upward)}");
    }

    private static string? ProjectOf(IType type)
    {
        var name = type.Assembly?.Name.Split(',')[0];
        return name is not null && (name == "course" || name.StartsWith("Course.", StringComparison.Ordinal)) ? name : null;
    }

    private static string? FolderOf(IType type)
    {
        if (ProjectOf(type) != Library || type.Namespace is not { } space)
            return null;
        if (space.FullName == Library)
            return Order.FrontDoor;
        var folder = space.FullName[(Library.Length + 1)..];
        var rooms = Order.OfInference.Rooms.Where(room => folder == room || folder.StartsWith(room + ".", StringComparison.Ordinal));
        return rooms.MaxBy(room => room.Length) ?? folder;
    }
}
