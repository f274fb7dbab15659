using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Notify.Admin.Load;

/// <summary>Stands for DingTalk: takes every message at once and counts it.</summary>
internal sealed class Sink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _count;
    private Goal? _goal;
    private TaskCompletionSource<long> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Sink(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>When the next message comes, as a <see cref="Stopwatch"/> timestamp.</summary>
    public Task<long> NextAsync()
    {
        var next = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _next, next);
        return next.Task;
    }

    /// <summary>Until so many messages have come. Asked by one at a time.</summary>
    public Task ReachesAsync(long count)
    {
        var goal = new Goal(count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _goal, goal);
        Look(Count);
        return goal.Reached.Task;
    }

    public static async Task<Sink> StartAsync()
    {
        // A watcher of configuration files would hear of every write to the store, where that is below the working directory.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new Sink(builder.Build());
        sink._app.Run(sink.TakeAsync);
        await sink._app.StartAsync();
        var addresses = sink._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        sink.Address = new Uri(addresses.Addresses.Single());
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Look(long count)
    {
        if (Volatile.Read(ref _goal) is { } goal && count >= goal.Count)
        {
            goal.Reached.TrySetResult();
        }
    }

    private async Task TakeAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null);
        Look(Interlocked.Increment(ref _count));
        Volatile.Read(ref _next).TrySetResult(Stopwatch.GetTimestamp());
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync("""{"errcode":0,"errmsg":"ok"}""");
    }

    private sealed record Goal(long Count, TaskCompletionSource Reached);
}
