using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Course.Kernel.Jupyter;
using NetMQ;
using NetMQ.Sockets;

namespace Course.Kernel.Tests.Jupyter;

/// <summary>A minimal front-end for a kernel in this process.</summary>
internal sealed class LoopbackClient : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly ConnectionFile connection;
    private readonly JupyterKernel kernel;
    private readonly Task serving;
    private readonly DealerSocket shell = new();
    private readonly DealerSocket control = new();
    private readonly SubscriberSocket iopub = new();
    private readonly WireFormat format = new(new MessageSigner("secret"));
    private readonly MessageFactory factory = new(TimeProvider.System);

    public LoopbackClient()
    {
        var ports = FreePorts(5);
        connection = new ConnectionFile
        {
            Ip = "127.0.0.1",
            Shell = ports[0],
            Control = ports[1],
            IoPub = ports[2],
            Stdin = ports[3],
            Heartbeat = ports[4],
            Key = "secret"
        };
        kernel = new JupyterKernel(connection);
        iopub.SubscribeToAnyTopic();
        iopub.Connect(connection.Address(connection.IoPub));
        shell.Connect(connection.Address(connection.Shell));
        control.Connect(connection.Address(connection.Control));
        serving = kernel.RunAsync();
    }

    public void Send(string type, JsonObject content, bool onControl = false)
    {
        var message = factory.Broadcast([], type, content) with { Identities = [] };
        (onControl ? control : shell).SendMultipartBytes(format.Write(message));
    }

    public void SendRaw(params string[] frames) =>
        shell.SendMultipartMessage(new NetMQMessage(frames.Select(f => new NetMQFrame(f))));

    /// <summary>Sends the same bytes several times, as an eavesdropper could.</summary>
    public void Replay(string type, JsonObject content, int times)
    {
        var frames = format.Write(factory.Broadcast([], type, content) with { Identities = [] });
        for (var i = 0; i < times; i++)
            shell.SendMultipartBytes(frames);
    }

    /// <summary>Whether the heartbeat answers a request after malformed frames.</summary>
    public bool Beats(params string[] garbage)
    {
        using (var stranger = new DealerSocket(connection.Address(connection.Heartbeat)))
        {
            stranger.SendMultipartMessage(new NetMQMessage(garbage.Select(f => new NetMQFrame(f))));
            using var front = new RequestSocket(connection.Address(connection.Heartbeat));
            front.SendFrame("ping");
            return front.TryReceiveFrameString(Bound, out var answer) && answer == "ping";
        }
    }

    public JupyterMessage Reply(bool onControl = false) => Receive(onControl ? control : shell);

    /// <summary>Returns the next iopub message of that type.</summary>
    public JupyterMessage Published(string type)
    {
        while (true)
            if (Receive(iopub) is var message && message.Type == type)
                return message;
    }

    public Task Ended => serving.WaitAsync(Bound);

    public async ValueTask DisposeAsync()
    {
        await kernel.DisposeAsync();
        shell.Dispose();
        control.Dispose();
        iopub.Dispose();
    }

    private JupyterMessage Receive(NetMQSocket socket)
    {
        var frames = new NetMQMessage();
        Assert.True(socket.TryReceiveMultipartMessage(Bound, ref frames), "The kernel did not answer in time.");
        Assert.True(format.TryRead([.. frames.Select(f => f.ToByteArray())], out var message, out var refusal), refusal);
        return message;
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }
}
