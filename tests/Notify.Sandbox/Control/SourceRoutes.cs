using Notify.Sandbox.Sources;

namespace Notify.Sandbox.Control;

/// <summary>Posts to Notify.Admin's sources what their tools would.</summary>
internal static class SourceRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapControlGet("/sources", (_, _) => SourcePayloads.All
            .Select(payload => new SourceKind(payload.Kind, payload.Name, payload.DemoPath, payload.DemoSecret)).ToList());
        routes.MapControlPost("/sources", async (http, _) =>
        {
            var asked = await ControlJson.ReadAsync<SourceSend>(http);
            var payload = SourcePayloads.All.FirstOrDefault(known => known.Kind == asked.Kind)
                ?? throw new ControlException($"kind: '{asked.Kind}' is none of those that GET answers.");
            if (!Uri.TryCreate(asked.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                throw new ControlException("address: is no http or https address.");
            }

            await ControlJson.WriteAsync(http, await SourceSender.SendAsync(payload, address, asked.Secret, http.RequestAborted));
        });
    }

    private sealed record SourceKind(string Kind, string Name, string DemoPath, string? DemoSecret);

    private sealed record SourceSend(string Kind, string Address, string? Secret = null);
}
