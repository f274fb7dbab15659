namespace Notify.Sandbox.Control;

/// <summary>The switches.</summary>
internal static class SettingsRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapControlGet("/settings", (_, state) => state.Settings);
        routes.MapControlPut("/settings", async (http, state) =>
        {
            var settings = await ControlJson.ReadAsync<SandboxSettings>(http);
            if (settings.SlackCallsPerMinute.FirstOrDefault(pair => pair.Value < 0) is { Key: { } method, Value: var number })
            {
                throw new ControlException($"slackCallsPerMinute.{method}: {number} is below 0.");
            }

            state.Settings = settings;
            await ControlJson.WriteAsync(http, settings);
        });
    }
}
