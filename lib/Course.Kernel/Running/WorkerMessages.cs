using System.Text.Json;
using System.Text.Json.Serialization;

namespace Course.Kernel.Running;

/// <summary>A request of the runner to the process that executes a notebook.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(Execute), "execute")]
[JsonDerivedType(typeof(Interrupt), "interrupt")]
internal abstract record WorkerRequest
{
    /// <summary>
    /// Runs a cell. <c>Fence</c> is written to stdout and stderr when the cell is done, after everything that native code wrote.
    /// </summary>
    public sealed record Execute(string Code, string Fence) : WorkerRequest;

    public sealed record Interrupt : WorkerRequest;
}

/// <summary>A message from that process. Messages are sent in the order of events.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "tell")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Streamed), "streamed")]
[JsonDerivedType(typeof(Displayed), "displayed")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(Cleared), "cleared")]
[JsonDerivedType(typeof(Cut), "cut")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Interrupted), "interrupted")]
internal abstract record WorkerReply
{
    public sealed record Ready : WorkerReply;

    public sealed record Streamed(bool Error, string Text) : WorkerReply;

    /// <summary>
    /// Content that the cell displayed. With <c>Update</c> it replaces the content with that id instead of adding to the output.
    /// </summary>
    public sealed record Displayed(
        IReadOnlyDictionary<string, JsonElement> Data, JsonElement Metadata, string DisplayId, bool Update) : WorkerReply;

    public sealed record Returned(IReadOnlyDictionary<string, JsonElement> Data, JsonElement Metadata) : WorkerReply;

    public sealed record Cleared(bool Wait) : WorkerReply;

    /// <summary>The output of the cell exceeds its limit, and the rest is left out.</summary>
    public sealed record Cut : WorkerReply;

    public sealed record Succeeded : WorkerReply;

    public sealed record Failed(string Name, string Message, IReadOnlyList<string> Traceback) : WorkerReply;

    public sealed record Interrupted : WorkerReply;
}
