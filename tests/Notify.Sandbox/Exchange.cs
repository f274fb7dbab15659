using System.Text.Json;
using Notify.Sandbox.Faults;

namespace Notify.Sandbox;

/// <summary>One call from arrival to answer: chooses a fault, has the call judged, records it, answers.</summary>
internal static class Exchange
{
    public static async Task RunAsync(HttpContext http, SandboxState state, CallTarget call, Func<Answer> judge,
        JsonElement? arguments = null)
    {
        var fault = state.Faults.Take(call);
        if (fault is null)
        {
            var answer = judge();
            Record(state, call, answer.Status, answer.Code, null, arguments);
            answer.WriteHead(http.Response);
            await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
            return;
        }

        var honest = fault.AcceptsFirst ? judge() : null;
        var spoilt = FaultAnswers.Spoil(fault, call.Target, honest);
        Record(state, call, spoilt?.Status ?? 0, spoilt?.Code ?? honest?.Code ?? "none", fault, arguments);
        await FaultWriter.WriteAsync(http, fault, spoilt);
    }

    private static void Record(SandboxState state, CallTarget call, int status, string code, SandboxFault? fault, JsonElement? arguments)
    {
        var time = state.Time.GetUtcNow();
        state.Counters.CountCall(call, code, fault is not null);
        state.Calls.Append(index => new SandboxCall
        {
            Index = index,
            Time = time,
            Target = call.Target,
            Method = call.Method,
            Destination = call.Destination,
            Token = call.TokenEnd,
            Status = status,
            Code = code,
            Fault = fault?.Kind,
            FaultId = fault?.Id,
            Arguments = arguments,
            Origin = call,
        });
    }
}
