using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Tests.Grading.Judging;

public sealed class ModelMemoriesTests
{
    [Fact]
    public void The_memory_of_the_other_sides_models_is_bounded_however_many_there_are_and_however_long_their_texts()
    {
        var memories = new ModelMemories();
        for (var model = 0; model < 100; model++)
            for (var (memory, length) = (memories.Of(model), 0); length < 600; length++)
                memory.Keep(new string('a', 1_000 + length), [1]);
        Assert.InRange(memories.Held, 1, 20_000_000);
        Assert.NotNull(memories.Of(99).After(new string('a', 1_599)));
    }
}
