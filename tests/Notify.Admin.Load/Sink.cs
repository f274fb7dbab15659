using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Notify.Admin.Load;

/// <summary>Stands for both vendors: takes every message at once and counts it.</summary>
internal sealed class Sink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _count;
    private long _last;

    private Sink(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>When the last message came, as a <see cref="Stopwatch"/> timestamp.</summary>
    public long Last => Interlocked.Read(ref _last);

    public static async Task<Sink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new Sink(builder.Build());
        sink._app.Run(sink.TakeAsync);
        await sink._app.StartAsync();
        sink.Address = new Uri(sink._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null);
        var isRobot = http.Request.Path.StartsWithSegments("/robot");
        Interlocked.Exchange(ref _last, Stopwatch.GetTimestamp());
        Interlocked.Increment(ref _count);
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(isRobot ? """{"errcode":0,"errmsg":"ok"}""" : """{"ok":true,"channel":"C0SINK","ts":"1700000000.000100"}""");
    }
}
