using Course.Inference.Kernels;

namespace Course.Inference.Tests.Kernels;

public unsafe class WeightMemoryTests
{
    [Fact]
    public void What_is_taken_lies_apart_on_cache_lines_and_can_be_written_to_the_end()
    {
        using var memory = new WeightMemory();
        long[] counts = [1, 17, 20 << 20, 5, 20 << 20, 40 << 20, 3]; // over several slabs, and one larger than a slab
        var parts = new List<(nint At, long Count)>();
        foreach (var count in counts)
        {
            parts.Add(((nint)memory.Take<byte>(count), count));
            new Span<byte>((byte*)parts[^1].At, (int)count).Fill((byte)parts.Count);
        }

        Assert.All(parts, part => Assert.Equal(0, part.At % 64));
        for (var i = 0; i < parts.Count; i++)
            Assert.Equal(-1, new Span<byte>((byte*)parts[i].At, (int)parts[i].Count).IndexOfAnyExcept((byte)(i + 1)));
    }
}
