using System.Buffers.Binary;
using Course.Inference.Checkpoints.Llama2c;
using Course.Inference.Tests.Families.Llama;

namespace Course.Inference.Tests.Checkpoints.Llama2c;

public class Llama2cFileTests
{
    [SharedDataFact]
    public void The_header_gives_the_shape() =>
        Assert.Equivalent(Llama2cModel.Shape, Llama2cFile.ReadConfiguration(Llama2cModel.Path), strict: true);

    [SharedDataFact]
    public void Logits_agree_with_a_naive_double_precision_forward()
    {
        using var model = Models.LoadReadable(Llama2cModel.Path);
        using var cache = model.CreateCache();
        var naive = Llama2cModel.Naive();
        var row = new NaiveRow(5);
        int[] tokens = [1, .. SmallModel.RandomTokens(Llama2cModel.Shape, 59)];
        double[][] expected = [.. tokens.Select(token => naive.Next(row, token))];

        LogitsAssert.Near(expected, model.Forward(TokenBatch.Of(tokens)), 0, 1e-4);
        var at = 0;
        foreach (var length in (int[])[7, 1, 1, 20, 1, 30])
        {
            LogitsAssert.Near(expected[at..(at + length)], model.Forward(TokenBatch.Of(tokens.AsSpan(at, length)), cache), 0, 1e-4);
            at += length;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_written_file_comes_back_with_its_rows_permuted(bool tied)
    {
        var c = SmallModel.Shape(
            width: 12, headWidth: 6, heads: 2, keyValueHeads: 1, tied: tied) with
        { BeginToken = 1, EndTokens = [1, 2] };
        var weights = SmallModel.Weights(c, 5); // as llama2.c would hold them: neighbours are pairs
        using var folder = new TemporaryFolder();
        Llama2cWriter.Write(folder.File("model.bin"), c, weights);
        using var model = Models.LoadReadable(folder.File("model.bin"));
        Assert.Equivalent(c, model.Configuration, strict: true);

        var naive = new NaiveLlama(c, name => weights[name], turnsNeighbours: true);
        var row = new NaiveRow(c.Layers);
        int[] tokens = [1, 5, 9, 20];
        LogitsAssert.Near([.. tokens.Select(token => naive.Next(row, token))], model.Forward(TokenBatch.Of(tokens)), 0, 1e-4);
    }

    [Theory]
    [InlineData(0, "27 bytes")]
    [InlineData(1, "describes ")]
    [InlineData(2, "describes ")]
    public void A_file_that_is_cut_or_too_long_is_refused(int how, string expected)
    {
        var c = SmallModel.Shape(width: 24, headWidth: 6);
        using var folder = new TemporaryFolder();
        var path = folder.File("model.bin");
        Llama2cWriter.Write(path, c, SmallModel.Weights(c, 5));
        using (var file = File.OpenWrite(path))
            file.SetLength(how switch { 0 => 27, 1 => file.Length - 1, _ => file.Length + 4 });
        var error = Assert.Throws<FileException>(() => Models.LoadReadable(path));
        Assert.Equal(path, error.File);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_header_makes_it_allocate_or_fail_otherwise_than_in_words()
    {
        var c = SmallModel.Shape(width: 24, headWidth: 6);
        using var folder = new TemporaryFolder();
        var path = folder.File("model.bin");
        Llama2cWriter.Write(path, c, SmallModel.Weights(c, 5));
        var good = File.ReadAllBytes(path);
        int[] nasty = [0, 1, -1, 2, 7, 1 << 12, 1 << 20, 1 << 24, int.MaxValue, int.MinValue];
        for (var field = 0; field < 7; field++)
            foreach (var value in nasty.Where(value => value != BinaryPrimitives.ReadInt32LittleEndian(good.AsSpan(4 * field))))
            {
                var bad = good.ToArray();
                BinaryPrimitives.WriteInt32LittleEndian(bad.AsSpan(4 * field), value);
                File.WriteAllBytes(path, bad);
                Assert.Throws<FileException>(() => Llama2cFile.ReadConfiguration(path));
            }
    }
}
