using System.Globalization;
using Notify.Sandbox.SecurityCenter;

namespace Notify.Sandbox.Control;

/// <summary>What the pretended Security Center consists of. PUT adds or changes one object or an array of them.</summary>
internal static class SecurityCenterRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        SlackRoutes.MapCatalog(routes, "security-center/keys", state => state.SecurityCenter.Keys);
        SlackRoutes.MapCatalog(routes, "security-center/assets", state => state.SecurityCenter.Assets);
        MapChatbots(routes);
        MapFound<SandboxAlert>(routes, "alerts", state => state.Alerts.All, (state, found) => state.Put(found));
        MapFound<SandboxVulnerability>(routes, "vulnerabilities", state => state.Vulnerabilities.All, (state, found) => state.Put(found));
        MapFound<SandboxBaseline>(routes, "baselines", state => state.Baselines.All, (state, found) => state.Put(found));
        MapFound<SandboxLeak>(routes, "leaks", state => state.Leaks.All, (state, found) => state.Put(found));
    }

    private static void MapChatbots(IEndpointRouteBuilder routes)
    {
        MapFound<SandboxChatbot>(routes, "chatbots", state => state.Chatbots.All, (state, chatbots) => state.Put(chatbots));
        routes.MapControlDelete("/security-center/chatbots/{id:int}", (http, state) =>
        {
            var id = int.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
            if (!state.SecurityCenter.Chatbots.Remove(SecurityCenterState.Key(id)))
            {
                throw new ControlException("There is no chatbot of that id.", StatusCodes.Status404NotFound);
            }
        });
    }

    private static void MapFound<T>(IEndpointRouteBuilder routes, string name, Func<SecurityCenterState, IReadOnlyList<T>> all,
        Action<SecurityCenterState, IReadOnlyCollection<T>> put)
        where T : class
    {
        routes.MapControlGet($"/security-center/{name}", (_, state) => all(state.SecurityCenter));
        routes.MapControlPut($"/security-center/{name}", async (http, state) =>
        {
            var found = await ControlJson.ReadManyAsync<T>(http);
            put(state.SecurityCenter, found);
            await ControlJson.WriteAsync(http, found);
        });
    }
}
