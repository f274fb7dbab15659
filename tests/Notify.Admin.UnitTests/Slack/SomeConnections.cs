using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

/// <summary>The workspaces of a test; none unless it adds some.</summary>
internal sealed class SomeConnections : ISlackConnections
{
    public List<SlackConnection> All { get; } = [];

    public Task<IReadOnlyList<SlackConnection>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SlackConnection>>(All);

    public Task<SlackConnection?> FindAsync(int id, CancellationToken cancellationToken) =>
        Task.FromResult(All.Find(connection => connection.Id == id));
}
