using Notify.Sandbox.Slack;

namespace Notify.Sandbox.Control;

/// <summary>What the pretended Slack consists of. PUT adds or changes one object or an array of them; <c>?replace=true</c> drops the
/// others.</summary>
internal static class SlackRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        MapCatalog(routes, "slack/tokens", state => state.Slack.Tokens);
        MapCatalog(routes, "slack/channels", state => state.Slack.Channels);
        MapCatalog(routes, "slack/users", state => state.Slack.Users);
        MapCatalog(routes, "slack/teams", state => state.Slack.Teams);
        MapCatalog(routes, "slack/organisations", state => state.Slack.Organisations);
        MapCatalog(routes, "slack/functions", state => state.Slack.Functions);
        routes.MapControlDelete("/slack/posts/{ts}", (http, state) =>
        {
            if (!state.Slack.Posts.Delete((string)http.Request.RouteValues["ts"]!))
            {
                throw new ControlException("There is no message of that ts.", StatusCodes.Status404NotFound);
            }
        });
    }

    /// <param name="name">With the vendor before it: <c>slack/tokens</c>.</param>
    internal static void MapCatalog<T>(IEndpointRouteBuilder routes, string name, Func<SandboxState, Catalog<T>> catalog) where T : class
    {
        routes.MapControlGet($"/{name}", (_, state) => catalog(state).All);
        routes.MapControlPut($"/{name}", async (http, state) =>
        {
            var items = await ControlJson.ReadManyAsync<T>(http);
            var replace = http.Request.Query["replace"].ToString() switch
            {
                "" or "false" => false,
                "true" => true,
                var other => throw new ControlException($"replace: '{other}' is neither true nor false."),
            };
            if (replace)
            {
                catalog(state).Replace(items);
            }
            else
            {
                catalog(state).Put(items);
            }

            await ControlJson.WriteAsync(http, items);
        });
        routes.MapControlDelete($"/{name}/{{id}}", (http, state) =>
        {
            if (!catalog(state).Remove((string)http.Request.RouteValues["id"]!))
            {
                throw new ControlException($"There is none of that id in {name}.", StatusCodes.Status404NotFound);
            }
        });
    }
}
