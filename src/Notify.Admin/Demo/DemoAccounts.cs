using Microsoft.Extensions.Options;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.Demo;

/// <summary>The sandbox's account at Security Center, with a chatbot that is linked to it and waits to be published; it has another one
/// there to import.</summary>
internal sealed class DemoAccounts(
    IOptions<VendorAccountOptions> options, SecretProtector protector, AuditTrail audit, TimeProvider time)
{
    public async Task AddAsync(NotifyDbContext context, DingTalkChatbot linked, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var account = new VendorAccount
        {
            Name = "Sandbox account", Kind = VendorKind.SecurityCenter,
            Endpoint = options.Value.EndpointsOf(VendorKind.SecurityCenter)[0], AccessKeyId = "LTAI5tSandbox0000000001",
            Secret = protector.Protect("sandbox-access-key-secret-1"),
            CreatedAt = now, ChangedAt = now, ChangedBy = Actor.System.Name, Version = 1,
        };
        context.VendorAccounts.Add(account);
        await context.SaveChangesAsync(cancellationToken);
        context.ChannelLinks.Add(new ChannelLink
        {
            Kind = ChannelKind.DingTalk, ChannelId = linked.Id, AccountId = account.Id, Name = linked.Name, CreatedAt = now,
            NextReadAt = now + PublishWork.DriftEvery,
        });
        context.AuditEntries.Add(audit.Entry(Actor.System, "demo.seed",
            new AuditSubject("demo", null, account.Name)));
    }
}
