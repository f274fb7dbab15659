using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>Senders that post one event after the other, and each again until it is accepted, as a scanner should.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Senders = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer",
        NotifyAdminSettings.ApiKey) } };
    private readonly Func<Uri?> _address;
    private readonly string _source;
    private readonly Task[] _senders;
    private int _refused;
    private int _cutOff;

    /// <param name="address">Where the program serves now; null while it does not. Asked before each request.</param>
    /// <param name="source">The events' <c>source</c>, and the beginning of their ids.</param>
    public SteadyLoad(Func<Uri?> address, string source)
    {
        (_address, _source) = (address, source);
        _senders = [.. Enumerable.Range(0, Senders).Select(PostAsync)];
    }

    /// <summary>The ids that were answered 202.</summary>
    public ConcurrentDictionary<string, bool> Accepted { get; } = new();

    /// <summary>Answers 503.</summary>
    public int Refused => _refused;

    /// <summary>Requests without an answer.</summary>
    public int CutOff => _cutOff;

    /// <summary>Ends after what is being posted was accepted.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_senders);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task PostAsync(int sender)
    {
        using var timer = new PeriodicTimer(Pace);
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            var id = $"{_source}-{sender}-{number}";
            while (!Accepted.ContainsKey(id))
            {
                await timer.WaitForNextTickAsync();
                switch (await TryPostAsync(id))
                {
                    case HttpStatusCode.Accepted:
                        Accepted[id] = true;
                        break;
                    case HttpStatusCode.ServiceUnavailable:
                        Interlocked.Increment(ref _refused);
                        break;
                    case null:
                        Interlocked.Increment(ref _cutOff);
                        break;
                    case var other:
                        throw new InvalidOperationException($"An event was answered {other}.");
                }
            }
        }
    }

    private async Task<HttpStatusCode?> TryPostAsync(string id)
    {
        if (_address() is not { } address)
        {
            return HttpStatusCode.ServiceUnavailable;
        }

        using var content = new StringContent(
            $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"{{{_source}}}","type":"scan.stopped","data":{"target":"shop.example"}}""",
            Encoding.UTF8, "application/cloudevents+json");
        try
        {
            using var answer = await _client.PostAsync(new Uri(address, "api/events"), content);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
