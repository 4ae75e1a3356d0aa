using Course.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Training.Tests.Runs;

public sealed class TrainingRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_resumed_run_ends_bit_for_bit_where_an_uninterrupted_one_does(bool muon)
    {
        var recipe = SmallRun.Recipe with { Optimizer = SmallRun.Recipe.Optimizer with { Muon = muon } };
        using TrainableLlama straight = SmallRun.Model(), first = SmallRun.Model(), second = SmallRun.Model(seed: 99);
        using (var run = SmallRun.Of(straight, folder.File("straight"), recipe))
            run.Train(new SmallRun.Silent());
        using (var run = SmallRun.Of(first, folder.File("interrupted"), recipe))
            run.Train(new SmallRun.Silent(), until: 10);
        using (var run = SmallRun.Of(second, folder.File("interrupted"), recipe))
        {
            run.Resume();
            run.Train(new SmallRun.Silent());
        }

        Assert.All(straight.Tensors, pair => Assert.Equal(Values(pair.Value), Values(second.Tensors[pair.Key])));
        Assert.NotEqual(Values(straight.Tensors.Values.First()), Values(first.Tensors.Values.First()));
    }

    [Fact]
    public void A_text_with_a_pattern_is_learnt()
    {
        var recipe = SmallRun.Recipe with { Steps = 150, Dropout = 0, Optimizer = new() { WarmUp = 10 } };
        using var model = SmallRun.Model();
        using var run = SmallRun.Of(model, folder.File("run"), recipe);

        var history = run.Train(new SmallRun.Silent()).History;

        // Uniform predictions cost ln 17 = 2.8. Only the first token of each window and of each document cannot be predicted.
        Assert.True(history[0].HeldOutLoss > 1, $"{history[0]}");
        Assert.True(history[^1].HeldOutLoss < 0.7, $"{history[^1]}");
    }

    [Fact]
    public void One_worker_and_two_take_the_same_steps()
    {
        var recipe = SmallRun.Recipe with { Dropout = 0 };
        using TrainableLlama one = SmallRun.Model(), two = SmallRun.Model();
        foreach (var (model, workers) in new[] { (one, 1), (two, 2) })
            using (var run = SmallRun.Of(model, folder.File($"{workers}"), recipe with { Workers = workers, Steps = 3 }))
                run.Train(new SmallRun.Silent());

        Assert.All(one.Tensors, pair => Assert.True((pair.Value - two.Tensors[pair.Key]).abs().max().ToDouble() < 1e-4));
    }

    [Fact]
    public void A_run_whose_held_out_loss_rises_ends_early_and_keeps_its_best()
    {
        // Such a large rate ruins the model at once.
        var recipe = SmallRun.Recipe with
        {
            Steps = 400,
            EvaluateEvery = 5,
            Patience = 3,
            Optimizer = new() { WarmUp = 1, MuonRate = 5, AdamRate = 5 }
        };
        using var model = SmallRun.Model();
        using var run = SmallRun.Of(model, folder.File("run"), recipe);

        var state = run.Train(new SmallRun.Silent());

        Assert.True(state.Step < 400);
        Assert.Equal(3, state.SinceBest);
        Assert.Equal(state.History.Min(point => point.HeldOutLoss), state.Best!.HeldOutLoss);
        new RunFolder(folder.File("run")).LoadBest(model.Tensors);
        var loss = HeldOutLoss.Measure(model.ForwardExactly, SmallRun.HeldOut, recipe.Window, recipe.EvaluateWindows, CPU);
        Assert.Equal(state.Best.HeldOutLoss, loss.NatsPerToken, 1e-5);

        new RunFolder(folder.File("run")).LoadLast(model.Tensors);
        var last = HeldOutLoss.Measure(model.ForwardExactly, SmallRun.HeldOut, recipe.Window, recipe.EvaluateWindows, CPU);
        Assert.Equal(state.History[^1].HeldOutLoss, last.NatsPerToken, 1e-5);
        Assert.True(last.NatsPerToken > loss.NatsPerToken);
    }

    [Fact]
    public void Steps_leak_no_tensors()
    {
        using var model = SmallRun.Model();
        using var run = SmallRun.Of(model, folder.File("run"), SmallRun.Recipe with { Workers = 1 });
        run.Train(new SmallRun.Silent(), until: 2); // gradients and optimiser state exist from now on
        var before = LiveTensors.OfThisThread;

        run.Train(new SmallRun.Silent(), until: 12);

        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    [Fact]
    public void A_cancelled_run_saves_its_step_and_continues_from_there()
    {
        using TrainableLlama straight = SmallRun.Model(), first = SmallRun.Model(), second = SmallRun.Model(seed: 99);
        using (var run = SmallRun.Of(straight, folder.File("straight")))
            run.Train(new SmallRun.Silent());
        using (var cancel = new CancellationTokenSource())
        using (var run = SmallRun.Of(first, folder.File("cancelled")))
            Assert.Equal(7, run.Train(new SmallRun.CancelAt(7, cancel), cancel: cancel.Token).Step);
        using (var run = SmallRun.Of(second, folder.File("cancelled")))
        {
            run.Resume();
            run.Train(new SmallRun.Silent());
        }

        Assert.All(straight.Tensors, pair => Assert.Equal(Values(pair.Value), Values(second.Tensors[pair.Key])));
    }

    [Fact]
    public void Resuming_a_run_of_another_shape_is_an_error()
    {
        using (var model = SmallRun.Model())
        using (var run = SmallRun.Of(model, folder.File("run")))
            run.Train(new SmallRun.Silent());
        using var other = TrainableLlama.Initialize(SmallRun.Shape with { Width = 8 }, 1, CPU, halfProducts: false);
        using var resumed = SmallRun.Of(other, folder.File("run"));

        Assert.Contains("does not fit this run", Assert.Throws<CourseException>(resumed.Resume).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_without_a_checkpoint_is_an_error()
    {
        using var model = SmallRun.Model();
        using var run = SmallRun.Of(model, folder.File("run"));

        Assert.Contains("no checkpoint to resume from", Assert.Throws<CourseException>(run.Resume).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_leaves_the_previous_one()
    {
        var home = folder.File("run");
        using var model = SmallRun.Model();
        using var run = SmallRun.Of(model, home);
        run.Train(new SmallRun.Silent(), until: 10);
        // A folder at the path of the next checkpoint simulates a full disk.
        Directory.CreateDirectory(Path.Combine(home, "step-000020.safetensors", "in the way"));

        Assert.ThrowsAny<CourseException>(() => run.Train(new SmallRun.Silent()));

        using var again = SmallRun.Of(model, home);
        again.Resume();
        Assert.Equal(10, again.State.Step);
    }

    public void Dispose() => folder.Dispose();

    private static float[] Values(Tensor tensor) => tensor.detach().data<float>().ToArray();
}
