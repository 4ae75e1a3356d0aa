using System.Text;
using System.Text.Json.Nodes;
using Course.Kernel.Jupyter;

namespace Course.Kernel.Tests.Jupyter;

public sealed class WireFormatTests
{
    private const string Key = "a0436f6c-1916-498b-8eb9-e81ab9368e84";

    private readonly WireFormat format = new(new MessageSigner(Key));

    /// <summary>HMAC-SHA256 of "{}{}{}{}" under this key, computed with Python's hmac module.</summary>
    [Fact]
    public void Signature_is_hmac_sha256_in_lower_case_hex()
    {
        var parts = Enumerable.Repeat("{}"u8.ToArray(), 4);
        Assert.Equal(
            "c5725711611a71f369d996132f096424c55c73e5d7d3a69996ec21f94b2774a1",
            Encoding.ASCII.GetString(new MessageSigner(Key).Sign(parts)));
    }

    [Fact]
    public void A_message_survives_a_round_trip()
    {
        Assert.True(format.TryRead(format.Write(Message()), out var read, out _));
        Assert.Equal(("id", "execute_request", "parent", "x"), (read.Id, read.Type, read.ParentId, read.Get("code", "")));
        Assert.Equal("me"u8.ToArray(), Assert.Single(read.Identities));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void A_changed_byte_is_rejected(int frame)
    {
        var frames = format.Write(Message());
        frames[frame][0] ^= 1;
        Assert.False(format.TryRead(frames, out _, out var refusal));
        Assert.Contains("signature", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_key_is_rejected() =>
        Assert.False(new WireFormat(new MessageSigner("other")).TryRead(format.Write(Message()), out _, out _));

    [Fact]
    public void Without_a_key_nothing_is_signed_and_all_is_read()
    {
        var open = new WireFormat(new MessageSigner(""));
        var frames = open.Write(Message());
        Assert.Empty(frames[2]);
        Assert.True(open.TryRead(frames, out _, out _));
    }

    [Fact]
    public void A_replayed_message_is_rejected()
    {
        var frames = format.Write(Message());
        Assert.True(format.TryRead(frames, out _, out _));
        Assert.False(format.TryRead(frames, out _, out var refusal));
        Assert.Contains("repetition", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_remembered_signatures_is_limited()
    {
        var seen = new SeenSignatures();
        for (var i = 0; i <= 65536; i++)
            Assert.True(seen.Add(BitConverter.GetBytes(i)));
        Assert.False(seen.Add(BitConverter.GetBytes(65536)));
        Assert.True(seen.Add(BitConverter.GetBytes(0)));
    }

    public static TheoryData<string[]> Malformed => new()
    {
        { [] },
        { ["<IDS|MSG>"] },
        { ["me", "<IDS|MSG>", "", "{}", "{}", "{}"] },
        { ["<IDS|MSG>", "", "{}", "{}", "{}", "{}"] },
        { ["<IDS|MSG>", "", "[]", "{}", "{}", "{}"] },
        { ["<IDS|MSG>", "", "not json", "{}", "{}", "{}"] },
        { ["<IDS|MSG>", "", "{\"msg_id\": 1, \"msg_type\": 2}", "{}", "{}", "{}"] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Malformed_messages_are_rejected_with_the_reason(string[] frames)
    {
        var open = new WireFormat(new MessageSigner(""));
        Assert.False(open.TryRead([.. frames.Select(Encoding.UTF8.GetBytes)], out _, out var refusal));
        Assert.NotEmpty(refusal);
    }

    private static JupyterMessage Message() => new(
        ["me"u8.ToArray()],
        new JsonObject { ["msg_id"] = "id", ["msg_type"] = "execute_request" },
        new JsonObject { ["msg_id"] = "parent" },
        new JsonObject { ["code"] = "x" });
}
