using Course.Inference.Families.Llama;

namespace Course.Inference.Tests.Families.Llama;

/// <summary>
/// A Llama forward pass in plain loops and double precision, one token after another, which counts its own operations.
/// It shares no code with the library: the library's logits and its stated costs are compared with it.
/// </summary>
internal sealed class NaiveLlama(LlamaConfiguration c, Func<string, float[]> weights, bool turnsNeighbours = false)
{
    private readonly Dictionary<string, NaiveWeight> touched = [];

    /// <summary>FLOPs and elements since the last <see cref="StartCall"/>.</summary>
    public NaiveCount Count { get; private set; } = new();

    public void StartCall()
    {
        Count = new();
        touched.Clear();
    }

    /// <summary>Distinct weights read in this call, embedding rows aside.</summary>
    public long WeightsTouched => touched.Values.Sum(weight => weight.Touched.LongCount(was => was));

    /// <summary>[V]: the logits after <paramref name="token"/>, which follows the tokens in <paramref name="row"/>.</summary>
    public double[] Next(NaiveRow row, int token) => Answer(Feed(row, token));

    /// <summary>[D]: the token's activations after all layers, without logits.</summary>
    public double[] Feed(NaiveRow row, int token)
    {
        var x = Embed(token);
        for (var layer = 0; layer < c.Layers; layer++)
        {
            x = Add(x, Attention(row, layer, Norm(x, Name(layer, "input_layernorm"))));
            x = Add(x, FeedForward(layer, Norm(x, Name(layer, "post_attention_layernorm"))));
        }

        row.Length++;
        return x;
    }

    private double[] Answer(double[] x) =>
        Product(c.TiedEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight", Norm(x, "model.norm.weight"), c.VocabularySize);

    private static string Name(int layer, string part) => $"model.layers.{layer}.{part}.weight";

    private double[] Embed(int token)
    {
        Count.GatheredWeights += c.Width;
        return Wrote([.. weights("model.embed_tokens.weight").Skip(token * c.Width).Take(c.Width).Select(value => (double)value)]);
    }

    private double[] Norm(double[] x, string name)
    {
        var gain = Touch(name);
        Count.Read += x.Length;
        var sum = 0.0;
        foreach (var value in x)
            (sum, Count.Flops) = (sum + value * value, Count.Flops + 2);
        var scale = 1 / Math.Sqrt(sum / x.Length + c.NormEpsilon);
        Count.Flops += 4; // divide, add, root, reciprocal
        var y = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
            (y[i], Count.Flops) = (x[i] * scale * gain.Take(i), Count.Flops + 2);
        return Wrote(y);
    }

    private double[] Product(string name, double[] x, int outputs)
    {
        var weight = Touch(name);
        Count.Read += x.Length;
        var y = new double[outputs];
        for (var o = 0; o < outputs; o++)
            for (var i = 0; i < x.Length; i++)
                (y[o], Count.Flops) = (y[o] + x[i] * weight.Take(o * x.Length + i), Count.Flops + 2);
        return Wrote(y);
    }

    private double[] Attention(NaiveRow row, int layer, double[] x)
    {
        int d = c.HeadWidth, queries = c.QueryHeads * d, keys = c.KeyValueHeads * d;
        var q = Wrote(Turn(Product(Name(layer, "self_attn.q_proj"), x, queries), row.Length));
        var k = Turn(Product(Name(layer, "self_attn.k_proj"), x, keys), row.Length);
        var v = Product(Name(layer, "self_attn.v_proj"), x, keys);
        Count.Read += v.Length;
        row.Append(layer, k, v);

        Count.Read += q.Length;
        var mixed = new double[queries];
        for (var head = 0; head < c.QueryHeads; head++)
        {
            var shared = head / (c.QueryHeads / c.KeyValueHeads) * d; // where this head's keys and values begin
            var weight = Softmax([.. row.Keys(layer).Select(key => Score(q, head * d, key, shared))]);
            foreach (var (value, probability) in row.Values(layer).Zip(weight))
                for (var i = 0; i < d; i++)
                    (mixed[head * d + i], Count.Flops) = (mixed[head * d + i] + probability * value[shared + i], Count.Flops + 2);
        }

        return Product(Name(layer, "self_attn.o_proj"), Wrote(mixed), c.Width);
    }

    private double Score(double[] q, int at, double[] key, int shared)
    {
        var sum = 0.0;
        for (var i = 0; i < c.HeadWidth; i++)
            (sum, Count.Flops) = (sum + q[at + i] * key[shared + i], Count.Flops + 2);
        Count.Flops++;
        return sum / Math.Sqrt(c.HeadWidth);
    }

    private double[] Softmax(double[] x)
    {
        var largest = x.Max();
        double[] exponentials = [.. x.Select(value => Math.Exp(value - largest))];
        var sum = exponentials.Sum();
        Count.Flops += 4 * x.Length; // subtract, exponentiate, add up, divide
        return [.. exponentials.Select(value => value / sum)];
    }

    /// <summary>Rotates each pair of each head by position · base^(−2i/d).</summary>
    private double[] Turn(double[] x, int position)
    {
        Count.Read += x.Length;
        var y = new double[x.Length];
        int d = c.HeadWidth;
        for (var head = 0; head < x.Length; head += d)
            for (var i = 0; i < d / 2; i++)
            {
                var (a, b) = turnsNeighbours ? (head + 2 * i, head + 2 * i + 1) : (head + i, head + i + d / 2);
                var (sine, cosine) = Math.SinCos(position * Math.Pow(c.RopeBase, -2.0 * i / d) / c.RopeFactor);
                (y[a], y[b]) = (x[a] * cosine - x[b] * sine, x[b] * cosine + x[a] * sine);
                Count.Flops += 6;
            }

        return y;
    }

    private double[] FeedForward(int layer, double[] x)
    {
        double[] gate = Product(Name(layer, "mlp.gate_proj"), x, c.HiddenWidth), up = Product(Name(layer, "mlp.up_proj"), x, c.HiddenWidth);
        Count.Read += gate.Length + up.Length;
        var hidden = new double[c.HiddenWidth];
        for (var i = 0; i < hidden.Length; i++)
            (hidden[i], Count.Flops) = (gate[i] / (1 + Math.Exp(-gate[i])) * up[i], Count.Flops + 4); // exponentiate, add, divide, multiply
        return Product(Name(layer, "mlp.down_proj"), Wrote(hidden), c.Width);
    }

    private double[] Add(double[] x, double[] y)
    {
        Count.Read += x.Length + y.Length;
        Count.Flops += x.Length;
        return Wrote([.. x.Zip(y, (a, b) => a + b)]);
    }

    private double[] Wrote(double[] x)
    {
        Count.Written += x.Length;
        return x;
    }

    private NaiveWeight Touch(string name)
    {
        if (!touched.TryGetValue(name, out var weight))
            touched[name] = weight = new(weights(name));
        return weight;
    }
}

internal sealed class NaiveWeight(float[] values)
{
    public bool[] Touched { get; } = new bool[values.Length];

    public double Take(int i)
    {
        Touched[i] = true;
        return values[i];
    }
}

/// <summary>The counts of a naive forward pass.</summary>
internal sealed class NaiveCount
{
    public long Flops, Read, Written, GatheredWeights;
}

/// <summary>The keys and values of one sequence, after rotation.</summary>
internal sealed class NaiveRow(int layers)
{
    private readonly List<double[]>[] keys = [.. Enumerable.Range(0, layers).Select(_ => new List<double[]>())];
    private readonly List<double[]>[] values = [.. Enumerable.Range(0, layers).Select(_ => new List<double[]>())];

    public int Length { get; set; }

    public List<double[]> Keys(int layer) => keys[layer];

    public List<double[]> Values(int layer) => values[layer];

    public long Elements => keys.Concat(values).Sum(layer => layer.Sum(vector => (long)vector.Length));

    public void Append(int layer, double[] key, double[] value)
    {
        keys[layer].Add(key);
        values[layer].Add(value);
    }
}
