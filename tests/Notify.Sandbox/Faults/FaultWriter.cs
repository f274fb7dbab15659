namespace Notify.Sandbox.Faults;

/// <summary>Sends a spoilt answer, or fails to. Delays are real time, whatever clock the sandbox has: they play the network.</summary>
internal static class FaultWriter
{
    public static async Task WriteAsync(HttpContext http, SandboxFault fault, Answer? answer)
    {
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            if (fault.Kind is not FaultKind.Slow)
            {
                await Task.Delay(Wait(fault), over.Token);
            }

            if (answer is null)
            {
                http.Abort();
                return;
            }

            answer.WriteHead(http.Response);
            switch (fault.Kind)
            {
                case FaultKind.Slow:
                    await DripAsync(http.Response, answer.Body, fault.DelayMs ?? 5_000, over.Token);
                    break;
                case FaultKind.Cut:
                    await http.Response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), over.Token);
                    await http.Response.Body.FlushAsync(over.Token);
                    http.Abort();
                    break;
                default:
                    await http.Response.Body.WriteAsync(answer.Body, over.Token);
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // The caller has gone, or the sandbox stops: nobody waits for this answer any more.
            http.Abort();
        }
    }

    private static TimeSpan Wait(SandboxFault fault) => TimeSpan.FromMilliseconds(fault.DelayMs ?? fault.Kind switch
    {
        FaultKind.Timeout or FaultKind.AcceptThenTimeout => 100_000,
        FaultKind.Delay => 2_000,
        _ => 0,
    });

    private static async Task DripAsync(HttpResponse response, byte[] body, int milliseconds, CancellationToken cancellationToken)
    {
        const int Drops = 20;
        var size = Math.Max(1, (body.Length + Drops - 1) / Drops);
        var pause = TimeSpan.FromMilliseconds((double)milliseconds / Drops);
        for (var start = 0; start < body.Length; start += size)
        {
            await Task.Delay(pause, cancellationToken);
            await response.Body.WriteAsync(body.AsMemory(start, Math.Min(size, body.Length - start)), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }
}
