using Course.Training.Runs;

namespace Course.Training.Tests.Runs;

public class RecipeTests
{
    public static TheoryData<Recipe, string> Unusable => new()
    {
        { new() { Steps = 0 }, "steps" },
        { new() { Steps = 1, Rows = 3 }, "workers" },
        { new() { Steps = 1, StoryShare = 0 }, "stories" },
        { new() { Steps = 1, Dropout = 1 }, "dropout" },
        { new() { Steps = 1, Patience = 0 }, "patience" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void An_invalid_setting_is_named(Recipe recipe, string named) =>
        Assert.Contains(named, Assert.Throws<CourseException>(recipe.Validated).Message, StringComparison.Ordinal);
}
