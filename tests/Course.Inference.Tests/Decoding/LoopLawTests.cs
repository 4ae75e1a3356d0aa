using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Speculation;

namespace Course.Inference.Tests.Decoding;

/// <summary>
/// The proof for the loop as a server uses it: the exact joint distribution of two sequences, one of which joins while the other is under
/// way, with prompts in chunks beside verifications and steps that are too small for all, is the product of their own.
/// </summary>
public sealed class LoopLawTests
{
    private static readonly TableModel Target = Tables.Arbitrary(3, contextLength: 12, seed: 11);
    private static readonly IReadOnlyDictionary<string, TableModel> Drafts = Tables.DraftsFor(Target);

    private static readonly (int[] Prompt, DecodingOptions Options) First = ([1], new() { MaxTokens = 3, StopTokens = [0] });
    private static readonly (int[] Prompt, DecodingOptions Options) Second = ([2, 0, 1], new() { MaxTokens = 2, Sampling = new() { TopK = 2 } });

    private static readonly Dictionary<string, LoopOptions> Ways = new()
    {
        ["plain"] = new(),
        ["chain"] = new() { Drafter = new ModelDrafter(Drafts["unrelated"]), Speculation = new() { DraftLength = 2 } },
        ["tree"] = new() { Drafter = new ModelDrafter(Drafts["flatter"]), Speculation = new() { Shape = TreeShape.Of(2) } },
        ["lookup"] = new() { Drafter = new PromptLookupDrafter(), Speculation = new() { DraftLength = 2 } },
    };

    /// <summary>A way, the budget of a step, the chunk of a prompt, and the step before which the second sequence joins.</summary>
    public static TheoryData<string, int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, int>();
            foreach (var way in Ways.Keys)
                foreach (var (budget, chunk, joins) in new[] { (int.MaxValue, int.MaxValue, 0), (int.MaxValue, 1, 1), (3, 2, 1), (2, 2, 0), (1, 1, 1) })
                    cases.Add(way, budget, chunk, joins);
            return cases;
        }
    }

    private static IEnumerable<int> Tokens(Sequence sequence) => sequence.Tokens.Select(token => token.Token);

    private static JointLaw Joint(Func<IRandomness, (Sequence First, Sequence Second)> run) => JointLaw.Of(randomness =>
    {
        var (first, second) = run(randomness);
        return [.. Tokens(first), -1, .. Tokens(second)];
    });

    private static JointLaw Product { get; } = JointLaw.Given(
        from first in ModelLaw.Of(Target, First.Prompt, First.Options)
        from second in ModelLaw.Of(Target, Second.Prompt, Second.Options)
        select KeyValuePair.Create<IReadOnlyList<int>, double>([.. first.Key, -1, .. second.Key], first.Value * second.Value));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_sequence_that_joins_midway_and_the_one_that_was_there_keep_their_own_distributions(string way, int budget, int chunk, int joins)
    {
        var options = Ways[way] with { Feed = new() { PrefillChunk = chunk, TokenBudget = budget } };
        var law = Joint(randomness =>
        {
            using var loop = new DecodingLoop(Target, options);
            var first = loop.Add(new SequenceRequest(First.Prompt, First.Options, randomness));
            Sequence? second = null;
            for (var step = 0; loop.Sequences.Count > 0 || second is null; step++)
            {
                if (second is null && (step >= joins || loop.Sequences.Count == 0))
                    second = loop.Add(new SequenceRequest(Second.Prompt, Second.Options, randomness));
                loop.Step();
            }
            return (first, second);
        });
        Assert.InRange(TotalVariation.Between(law, Product), 0, 1e-12);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("chain")]
    [InlineData("tree")]
    public void So_they_do_where_one_is_put_out_after_a_step_and_comes_back(string way)
    {
        var law = Joint(randomness =>
        {
            using var loop = new DecodingLoop(Target, Ways[way]);
            var (first, second) = (loop.Add(new SequenceRequest(First.Prompt, First.Options, randomness)), loop.Add(new SequenceRequest(Second.Prompt, Second.Options, randomness)));
            loop.Step();
            if (first.Stopped is null)
                loop.Remove(first);
            while (loop.Sequences.Count > 0)
                loop.Step();
            if (first.Stopped is null)
                loop.Add(first);
            while (loop.Sequences.Count > 0)
                loop.Step();
            return (first, second);
        });
        Assert.InRange(TotalVariation.Between(law, Product), 0, 1e-12);
    }

    /// <summary>
    /// What the company has accepted may decide how much is drafted, and chance who comes first, without a trace in what is drawn.
    /// </summary>
    [Fact]
    public void So_they_do_under_a_plan_that_serves_now_one_and_now_the_other()
    {
        var options = Ways["chain"] with { Plan = new Alternating() };
        var law = Joint(randomness =>
        {
            using var loop = new DecodingLoop(Target, options);
            var (first, second) = (loop.Add(new SequenceRequest(First.Prompt, First.Options, randomness)), loop.Add(new SequenceRequest(Second.Prompt, Second.Options, randomness)));
            while (loop.Sequences.Count > 0)
                loop.Step();
            return (first, second);
        });
        Assert.InRange(TotalVariation.Between(law, Product), 0, 1e-12);
    }

    /// <summary>Serves the sequence that has least text.</summary>
    private sealed class Alternating : IStepPlan
    {
        public void Plan(ReadOnlySpan<SequenceState> sequences, Span<StepShare> shares)
        {
            var least = 0;
            for (var i = 1; i < sequences.Length; i++)
                least = sequences[i].Sequence.Length < sequences[least].Sequence.Length ? i : least;
            shares[least] = new(sequences[least].Unseen, sequences[least].Draft);
        }
    }
}
