using System.Globalization;
using Notify.Sandbox.Faults;

namespace Notify.Sandbox.Control;

/// <summary>Faults: list, add, clear.</summary>
internal static class FaultRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapControlGet("/faults", (_, state) => state.Faults.All);
        routes.MapControlPost("/faults", async (http, state) =>
        {
            var fault = await ControlJson.ReadAsync<SandboxFault>(http);
            await ControlJson.WriteAsync(http, state.Faults.Add(fault), StatusCodes.Status201Created);
        });
        routes.MapControlDelete("/faults", (_, state) => state.Faults.Clear());
        routes.MapControlDelete("/faults/{id}", (http, state) =>
        {
            var text = (string)http.Request.RouteValues["id"]!;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !state.Faults.Remove(id))
            {
                throw new ControlException($"There is no fault '{text}'.", StatusCodes.Status404NotFound);
            }
        });
    }
}
