using System.Buffers.Binary;
using System.Text;
using Course.Inference.Devices;

namespace Course.Inference.Tests.Devices;

public class ElfVersionNeedsTests
{
    [Fact]
    public void Weakening_marks_only_the_named_version()
    {
        var image = Image("GLIBC_2.17", "GLIBCXX_3.4.32", "GLIBCXX_3.4.9");

        Assert.True(ElfVersionNeeds.Weaken(image, "GLIBCXX_3.4.32"));

        Assert.False(ElfVersionNeeds.Insists(image, "GLIBCXX_3.4.32"));
        Assert.True(ElfVersionNeeds.Insists(image, "GLIBC_2.17"));
        Assert.True(ElfVersionNeeds.Insists(image, "GLIBCXX_3.4.9"));
    }

    [Fact]
    public void Weakening_changes_one_byte_and_only_once()
    {
        var image = Image("GLIBCXX_3.4.32");
        var before = image.ToArray();

        ElfVersionNeeds.Weaken(image, "GLIBCXX_3.4.32");

        Assert.Equal(1, image.Zip(before).Count(pair => pair.First != pair.Second));
        Assert.False(ElfVersionNeeds.Weaken(image, "GLIBCXX_3.4.32"));
    }

    [Fact]
    public void A_version_that_is_a_prefix_of_another_is_not_it() =>
        Assert.False(ElfVersionNeeds.Insists(Image("GLIBCXX_3.4.32"), "GLIBCXX_3.4.3"));

    [Fact]
    public void What_is_no_library_is_left_alone()
    {
        Assert.False(ElfVersionNeeds.Weaken(Encoding.ASCII.GetBytes(new string('x', 400)), "GLIBCXX_3.4.32"));
        Assert.False(ElfVersionNeeds.Weaken([], "GLIBCXX_3.4.32"));
    }

    [Fact]
    public void Truncated_and_inconsistent_images_are_not_changed()
    {
        var image = Image("GLIBC_2.17", "GLIBCXX_3.4.32");
        for (var length = 0; length < image.Length; length++)
            ElfVersionNeeds.Weaken(image.AsSpan(0, length).ToArray(), "GLIBCXX_3.4.32");
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var broken = image.ToArray();
            broken[random.Next(broken.Length)] ^= (byte)random.Next(1, 256);
            ElfVersionNeeds.Weaken(broken, "GLIBCXX_3.4.32");
        }
    }

    /// <summary>The smallest ELF file with a version-needs section: header, two sections (names, needs), one need per version.</summary>
    private static byte[] Image(params string[] versions)
    {
        const int tableAt = 64, sectionSize = 64, needsAt = tableAt + 2 * sectionSize;
        var entriesAt = needsAt + 16;
        var namesAt = entriesAt + 16 * versions.Length;
        var names = string.Join('\0', versions) + "\0";
        var image = new byte[namesAt + names.Length];
        void W16(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(at), (ushort)value);
        void W32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at), value);

        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 }.CopyTo(image, 0);
        W32(40, tableAt);
        W16(58, sectionSize);
        W16(60, 2);
        W32(tableAt + 24, (uint)namesAt);                           // section 0: the names
        W32(tableAt + sectionSize + 4, 0x6ffffffe);                 // section 1: the needs,
        W32(tableAt + sectionSize + 24, needsAt);                   // and where they are
        W16(needsAt + 2, versions.Length);
        W32(needsAt + 8, 16);
        for (var (i, name) = (0, 0); i < versions.Length; name += versions[i++].Length + 1)
        {
            W32(entriesAt + 16 * i + 8, (uint)name);
            W32(entriesAt + 16 * i + 12, i + 1 < versions.Length ? 16u : 0);
        }
        Encoding.ASCII.GetBytes(names).CopyTo(image, namesAt);
        return image;
    }
}
