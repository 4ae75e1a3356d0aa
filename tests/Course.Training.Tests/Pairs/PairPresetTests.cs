using Course.Inference.Families.Llama;
using Course.Inference.Modeling;
using Course.Training.Pairs;

namespace Course.Training.Tests.Pairs;

public class PairPresetTests
{
    [Fact]
    public void The_bundled_target_is_larger_than_a_last_cache_of_32_MiB_and_the_draft_an_eighth_of_its_cost_at_every_length()
    {
        var (target, draft) = (PairPreset.Bundled.Target.Shape, PairPreset.Bundled.Draft.Shape);

        Assert.True(LlamaLayout.ParameterCount(target) * sizeof(float) > 32 << 20);
        LlamaCost targetCost = new(target, LlamaPrecision.Of(target, 4)), draftCost = new(draft, LlamaPrecision.Of(draft, 4));
        for (var cached = 0; cached < target.ContextLength; cached++)
        {
            var step = ForwardShape.Uniform(1, 1, cached);
            ForwardCost t = targetCost.Of(step), d = draftCost.Of(step);
            Assert.True(
                d.Flops * 8 <= t.Flops && d.Bytes * 8 <= t.Bytes,
                $"S={cached}: {d.Flops / t.Flops:F4} of the FLOPs, {d.Bytes / t.Bytes:F4} of the bytes");
        }
    }

    [Fact]
    public void Both_presets_fit_together()
    {
        foreach (var preset in new[] { PairPreset.Bundled, PairPreset.Smoke })
            foreach (var plan in new[] { preset.Seedling, preset.Target, preset.Draft })
            {
                plan.Recipe.Validated();
                Assert.Equal(preset.VocabularySize, plan.Shape.Validated().VocabularySize);
                Assert.True(plan.Recipe.Window <= plan.Shape.ContextLength);
            }
    }
}
