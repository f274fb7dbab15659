using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Notify.Admin.Testing;

/// <summary>A small reverse proxy on loopback that shows a program under a path, as nginx or a load balancer would.</summary>
public sealed class ReverseProxy : IAsyncDisposable
{
    // What belongs to one connection, or is worked out anew.
    private static readonly string[] PerConnection = ["Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Content-Length",
        "Proxy-Connection"];

    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Uri _target;
    private readonly string _prefix;
    private readonly bool _strips;
    private readonly IReadOnlyDictionary<string, string> _adds;

    private ReverseProxy(Uri target, string prefix, bool strips, IReadOnlyDictionary<string, string> adds)
    {
        (_target, _prefix, _strips, _adds) = (target, prefix, strips, adds);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(ForwardAsync);
    }

    /// <summary>Where the product shows, with a trailing slash.</summary>
    public Uri Address { get; private set; } = new("http://localhost/");

    /// <param name="prefix">Only what is under it is passed on: <c>/notify</c>.</param>
    /// <param name="strips">Whether the prefix is taken off on the way.</param>
    /// <param name="adds">Headers set on every request, replacing the client's.</param>
    public static async Task<ReverseProxy> StartAsync(Uri target, string prefix, bool strips, IReadOnlyDictionary<string,
        string>? adds = null)
    {
        var proxy = new ReverseProxy(target, prefix, strips, adds ?? new Dictionary<string, string>());
        await proxy._app.StartAsync();
        proxy.Address = new Uri($"{proxy._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}{prefix}/");
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private Task ForwardAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(_prefix, out var rest))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var path = _strips ? rest.HasValue ? rest : "/" : context.Request.Path;
        var target = new UriBuilder(_target) { Path = path.ToUriComponent(), Query = context.Request.QueryString.Value }.Uri;
        return context.WebSockets.IsWebSocketRequest ? TunnelAsync(context, target) : PassAsync(context, target);
    }

    private async Task PassAsync(HttpContext context, Uri target)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target);
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers.Where(header =>
            !PerConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase) && !_adds.ContainsKey(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        foreach (var (name, value) in _adds)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers)
            .Where(header => !PerConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task TunnelAsync(HttpContext context, Uri target)
    {
        using var inner = new ClientWebSocket();
        inner.Options.SetRequestHeader("Cookie", context.Request.Headers.Cookie);
        inner.Options.SetRequestHeader("Host", context.Request.Headers.Host);
        inner.Options.SetRequestHeader("Origin", context.Request.Headers.Origin);
        foreach (var (name, value) in _adds)
        {
            inner.Options.SetRequestHeader(name, value);
        }

        await inner.ConnectAsync(new UriBuilder(target) { Scheme = "ws" }.Uri, context.RequestAborted);
        using var outer = await context.WebSockets.AcceptWebSocketAsync();
        await Task.WhenAny(CopyAsync(outer, inner, context.RequestAborted), CopyAsync(inner, outer, context.RequestAborted));
    }

    private static async Task CopyAsync(WebSocket from, WebSocket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory(), cancellationToken) is { MessageType: not WebSocketMessageType.Close } part)
            {
                await to.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, cancellationToken);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // One side is gone: the other ends with the tunnel.
        }
    }
}
