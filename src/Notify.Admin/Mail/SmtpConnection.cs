using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Notify.Admin.Mail;

/// <summary>What a mail server answers to one command.</summary>
/// <param name="Lines">Without the codes; never empty.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines);

/// <summary>Commands and replies of SMTP (RFC 5321) over one connection.</summary>
internal sealed class SmtpConnection(Socket socket) : IAsyncDisposable
{
    // Far more than a server says: one that never ends its line must not fill the memory.
    private const int LongestReply = 64 * 1024;

    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;

    /// <summary>This machine as <c>EHLO</c> names it: its address towards the server, which discloses no name.</summary>
    public string LocalName { get; } = ((IPEndPoint)socket.LocalEndPoint!).Address switch
    {
        { IsIPv4MappedToIPv6: true } address => $"[{address.MapToIPv4()}]",
        { AddressFamily: AddressFamily.InterNetworkV6 } address => $"[IPv6:{new IPAddress(address.GetAddressBytes())}]",
        var address => $"[{address}]",
    };

    /// <exception cref="IOException">The server cannot be reached.</exception>
    public static async Task<SmtpConnection> OpenAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return new SmtpConnection(socket);
        }
        catch (Exception e)
        {
            socket.Dispose();
            throw e is SocketException ? new IOException(e.Message, e) : e;
        }
    }

    /// <summary>Turns the connection to TLS.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not to be trusted.</exception>
    public async Task SecureAsync(SslClientAuthenticationOptions options, CancellationToken cancellationToken)
    {
        if (_start != _end)
        {
            // Said in the clear, to be taken for what the server says afterwards.
            throw new IOException("The server spoke before TLS began.");
        }

        var secure = new SslStream(_stream);
        _stream = secure;
        await secure.AuthenticateAsClientAsync(options, cancellationToken);
    }

    public async Task<SmtpReply> CommandAsync(string command, CancellationToken cancellationToken)
    {
        if (command.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ArgumentException("A command is one line.", nameof(command));
        }

        await _stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellationToken);
        return await ReadReplyAsync(cancellationToken);
    }

    /// <summary>Sends the content of a mail, and the line that ends it.</summary>
    public async Task<SmtpReply> ContentAsync(string content, CancellationToken cancellationToken)
    {
        var stuffed = ("\r\n" + content).Replace("\r\n.", "\r\n..", StringComparison.Ordinal)[2..];
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(stuffed + "\r\n.\r\n"), cancellationToken);
        return await ReadReplyAsync(cancellationToken);
    }

    /// <exception cref="IOException">The connection ended, or what came is not SMTP.</exception>
    public async Task<SmtpReply> ReadReplyAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var length = 0;
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            length += line.Length + 1;
            if (length > LongestReply || line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code)
                || (line.Length > 3 && line[3] is not (' ' or '-')))
            {
                throw new IOException("The server does not speak SMTP.");
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
            {
                return new SmtpReply(code, lines);
            }
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await _stream.ReadAsync(_buffer, cancellationToken));
                if (_end == 0)
                {
                    throw new IOException("The server closed the connection.");
                }
            }

            var rest = _buffer.AsSpan(_start, _end - _start);
            var at = rest.IndexOf((byte)'\n');
            line.AddRange(at < 0 ? rest : rest[..at]);
            _start = at < 0 ? _end : _start + at + 1;
            if (at >= 0)
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            if (line.Count > LongestReply)
            {
                throw new IOException("The server does not speak SMTP.");
            }
        }
    }
}
