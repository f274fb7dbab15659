using System.Net;
using System.Net.Sockets;
using System.Text;
using Notify.Admin.Testing;

namespace Notify.Admin.Load;

/// <summary>One keep-alive connection that posts events it has prepared as bytes: only ids and groups are written anew. An ordinary HTTP
/// client would cost more than the program under load, and both run on one machine.</summary>
internal sealed class EventConnection : IDisposable
{
    private const string Id = "@@@@@@@@@@@@";
    private const string Group = "@@@@@@";

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request;
    private readonly byte[] _answer = new byte[16 * 1024];
    private readonly int[] _ids;
    private readonly int[] _groups;
    private readonly int _channels;

    private EventConnection(byte[] request, int[] ids, int[] groups, int channels)
    {
        (_request, _ids, _groups, _channels) = (request, ids, groups, channels);
    }

    public int BatchSize => _ids.Length;

    /// <param name="channels">Each event is for one of so many asset groups.</param>
    public static async Task<EventConnection> OpenAsync(Uri address, int batch, int channels, string path = "/api/events",
        string type = "sas-event-suspicious")
    {
        var single = $$$"""{"specversion":"1.0","id":"{{{Id}}}","source":"load.example.com","type":"{{{type}}}","data":{"item_level":"serious","event_type":"Webshell","groupId":{{{Group}}},"title":"Webshell found on web-01","asset":"web-01 (10.0.0.1)"}}""";
        var body = batch == 1 ? single : $"[{string.Join(',', Enumerable.Repeat(single, batch))}]";
        var media = batch == 1 ? "application/cloudevents+json" : "application/cloudevents-batch+json";
        var request = Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {NotifyAdminSettings.ApiKey}\r\nContent-Type: {media}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var connection = new EventConnection(request, Find(request, Id), Find(request, "\"groupId\":" + Group, "\"groupId\":".Length),
            channels);
        await connection._socket.ConnectAsync(IPAddress.Loopback, address.Port);
        return connection;
    }

    /// <summary>Posts one request with new ids from <paramref name="first"/> on.</summary>
    /// <returns>The HTTP status.</returns>
    public async ValueTask<int> SendAsync(long first)
    {
        for (var i = 0; i < _ids.Length; i++)
        {
            Write(_ids[i], Id.Length, first + i);
            Write(_groups[i], Group.Length, LoadChatbots.FirstGroup + ((first + i) % _channels));
        }

        await _socket.SendAsync(_request);
        var read = 0;
        while (true)
        {
            var more = await _socket.ReceiveAsync(_answer.AsMemory(read));
            if (more == 0)
            {
                throw new IOException("The connection was closed.");
            }

            read += more;
            if (StatusOfWhole(_answer.AsSpan(0, read)) is { } status)
            {
                return status;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static int? StatusOfWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var head = answer[..end];
        var whole = head.IndexOf("Transfer-Encoding: chunked"u8) >= 0
            ? answer.EndsWith("0\r\n\r\n"u8)
            : answer.Length >= end + 4 + Length(head);
        return whole ? ((answer[9] - '0') * 100) + ((answer[10] - '0') * 10) + (answer[11] - '0') : null;
    }

    private static int Length(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        var length = 0;
        for (var i = at + name.Length; at >= 0 && i < head.Length && head[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            length = (length * 10) + (head[i] - '0');
        }

        return length;
    }

    private static int[] Find(byte[] request, string text, int skip = 0)
    {
        var wanted = Encoding.ASCII.GetBytes(text);
        List<int> found = [];
        for (var at = request.AsSpan().IndexOf(wanted); at >= 0;)
        {
            found.Add(at + skip);
            var next = request.AsSpan(at + wanted.Length).IndexOf(wanted);
            at = next < 0 ? -1 : at + wanted.Length + next;
        }

        return [.. found];
    }

    private void Write(int at, int digits, long number)
    {
        for (var i = digits - 1; i >= 0; i--, number /= 10)
        {
            _request[at + i] = (byte)('0' + (number % 10));
        }
    }
}
