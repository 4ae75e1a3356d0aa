namespace Course.Inference.Tests.Quantization;

/// <summary>
/// int4 as plain loops, right and with the mistakes that have been made in the wild: the comparison that holds the library to the right one
/// must refuse each of the others.
/// </summary>
internal static class Planted
{
    public static double[] Unpack(byte[] nibbles, double[] scales, int outputs, int inputs, int groupSize, Int4Bug bug = Int4Bug.None)
    {
        var weights = new double[outputs * inputs];
        for (var o = 0; o < outputs; o++)
            for (var i = 0; i < inputs; i++)
            {
                var packed = nibbles[o * inputs / 2 + i / 32 * 16 + i % 16];
                var first = i % 32 < 16 != (bug == Int4Bug.NibblesSwapped);
                var nibble = first ? packed & 15 : packed >> 4;
                var value = bug == Int4Bug.TwosComplement ? (nibble ^ 8) - 8 : nibble - 8;
                var group = bug == Int4Bug.GroupDropped ? 0 : i / groupSize;
                weights[o * inputs + i] = value * scales[o * inputs / groupSize + group];
            }

        return weights;
    }

    public static double[] Unpack(sbyte[] values, double[] scales, int outputs, int inputs, bool oneScaleForAll) =>
        [.. values.Select((value, at) => value * scales[oneScaleForAll ? 0 : at / inputs])];
}

internal enum Int4Bug
{
    None,
    NibblesSwapped,
    TwosComplement,
    GroupDropped,
}
