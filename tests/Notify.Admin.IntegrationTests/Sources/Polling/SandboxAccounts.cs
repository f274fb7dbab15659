using System.Text.Json;
using Notify.Admin.Sources;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.SecurityCenter;

namespace Notify.Admin.IntegrationTests.Sources.Polling;

/// <summary>The sandbox's account.</summary>
internal sealed class SandboxAccounts(SandboxServer sandbox) : IAlertAccounts
{
    public const int Id = 1;

    public int Version { get; set; } = 1;

    public Task<IReadOnlyList<AlertAccount>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AlertAccount>>([new AlertAccount(Id, "Production", Version)]);

    public async Task<AlertAnswer> CallAsync(int account, AlertCall call, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var form = string.Join('&',
            call.Parameters.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        using var request = SignedCalls.Acs3(sandbox.BaseAddress, call.Action, SecurityCenterSeeds.AccessKeyId,
            SecurityCenterSeeds.AccessKeySecret, TimeProvider.System.GetUtcNow(), form);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return response.IsSuccessStatusCode ? new AlertAnswer(body) : new AlertAnswer(default, body.GetProperty("Code").GetString());
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return new AlertAnswer(default, "Unreachable", e.Message);
        }
    }
}
