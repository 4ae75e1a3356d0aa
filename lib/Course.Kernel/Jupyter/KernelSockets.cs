using System.Threading.Channels;
using NetMQ;
using NetMQ.Sockets;

namespace Course.Kernel.Jupyter;

internal enum KernelChannel
{
    Shell,
    Control,
    Stdin,
    IoPub,
}

/// <summary>
/// The five sockets of a kernel. NetMQ sockets are bound to one thread, so one poller owns them all: incoming messages go to a queue per
/// channel, and outgoing messages come through another queue. No cell runs on that thread, so the heartbeat never stops.
/// </summary>
internal sealed class KernelSockets : IDisposable
{
    private readonly WireFormat format;
    private readonly Dictionary<KernelChannel, NetMQSocket> sockets;
    /// <summary>Echoes every message. A response socket would wait for a peer whose request was malformed.</summary>
    private readonly RouterSocket heartbeat = new();
    private readonly NetMQQueue<(KernelChannel To, List<byte[]> Frames)> outgoing = new();
    private readonly NetMQPoller poller;

    public KernelSockets(ConnectionFile connection)
    {
        format = new WireFormat(new MessageSigner(connection.Key));
        sockets = new()
        {
            [KernelChannel.Shell] = Bind(new RouterSocket(), connection.Address(connection.Shell)),
            [KernelChannel.Control] = Bind(new RouterSocket(), connection.Address(connection.Control)),
            [KernelChannel.Stdin] = Bind(new RouterSocket(), connection.Address(connection.Stdin)),
            [KernelChannel.IoPub] = Bind(new PublisherSocket(), connection.Address(connection.IoPub)),
        };
        heartbeat.Bind(connection.Address(connection.Heartbeat));
        heartbeat.ReceiveReady += (_, e) => e.Socket.SendMultipartMessage(e.Socket.ReceiveMultipartMessage());
        outgoing.ReceiveReady += (_, e) => Drain(e.Queue);
        Receive(KernelChannel.Shell, Shell.Writer);
        Receive(KernelChannel.Control, Control.Writer);
        Receive(KernelChannel.Stdin, Stdin.Writer);
        poller = [.. sockets.Values.Where(s => s is RouterSocket), heartbeat, outgoing];
        poller.RunAsync("jupyter");
    }

    public Channel<JupyterMessage> Shell { get; } = Channel.CreateUnbounded<JupyterMessage>();

    public Channel<JupyterMessage> Control { get; } = Channel.CreateUnbounded<JupyterMessage>();

    public Channel<JupyterMessage> Stdin { get; } = Channel.CreateUnbounded<JupyterMessage>();

    /// <summary>Queues a message. Never blocks; can be called from any thread.</summary>
    public void Send(KernelChannel channel, JupyterMessage message) => outgoing.Enqueue((channel, format.Write(message)));

    /// <summary>Sends all queued messages, then closes the sockets.</summary>
    public void Dispose()
    {
        poller.StopAsync();
        while (poller.IsRunning)
            Thread.Sleep(1);
        Drain(outgoing);
        foreach (var socket in sockets.Values)
        {
            socket.Options.Linger = TimeSpan.FromSeconds(1);
            socket.Dispose();
        }
        heartbeat.Dispose();
        outgoing.Dispose();
        poller.Dispose();
    }

    private static NetMQSocket Bind(NetMQSocket socket, string address)
    {
        // A front-end that reads slowly must not lose output, and a restart must not wait for the port.
        socket.Options.SendHighWatermark = 0;
        socket.Bind(address);
        return socket;
    }

    private void Receive(KernelChannel channel, ChannelWriter<JupyterMessage> to) => sockets[channel].ReceiveReady += (_, e) =>
    {
        var frames = e.Socket.ReceiveMultipartMessage().Select(f => f.ToByteArray()).ToList();
        if (format.TryRead(frames, out var message, out var refusal))
            to.TryWrite(message);
        else
            KernelLog.Write($"Ignored a message on the {channel} channel: {refusal}.");
    };

    private void Drain(NetMQQueue<(KernelChannel To, List<byte[]> Frames)> queue)
    {
        while (queue.TryDequeue(out var item, TimeSpan.Zero))
            sockets[item.To].SendMultipartBytes(item.Frames);
    }
}
