using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>How the set-up page's form was received.</summary>
public enum SetupOutcome
{
    Done = 1,
    WrongCode = 2,
    Throttled = 3,
    InvalidEmail = 4,
    PasswordTooShort = 5,
    PasswordTooLong = 6,
    PasswordTooPlain = 7,

    /// <summary>Somebody else, or another instance, was faster.</summary>
    AlreadyDone = 8,
}

/// <summary>The first visit: whoever has the code from the log becomes the first Admin.</summary>
internal sealed class SetupService(FirstAdminService firstAdmin, SetupCode code, AccountStore accounts, SessionStart start,
    SingleSignOnOptions signOn, AuditTrail audit)
{
    public async ValueTask<bool> IsNeededAsync(CancellationToken cancellationToken) =>
        signOn.LocalAccounts && await firstAdmin.IsNeededAsync(cancellationToken);

    /// <summary>Creates the Admin and puts the session cookie into the current response.</summary>
    /// <param name="address">Where the attempt comes from, as <c>ClientAddress</c> writes it.</param>
    public async Task<SetupOutcome> CompleteAsync(string givenCode, string email, string password, string address,
        CancellationToken cancellationToken)
    {
        // The code comes first: without it nobody learns anything else.
        switch (code.Check(givenCode, address))
        {
            case SetupCodeVerdict.Throttled:
                return SetupOutcome.Throttled;
            case SetupCodeVerdict.Wrong:
                await accounts.AddAuditEntryAsync(audit.Entry(new Actor(null, "anonymous", null, $"{address} browser"), "setup.code",
                    new AuditSubject("setup", null, null), [new FieldChange("reason", null, "wrong code")], AuditResult.Refused),
                    cancellationToken);
                return SetupOutcome.WrongCode;
        }

        email = email.Trim();
        if (!AccountRules.IsEmail(email))
        {
            return SetupOutcome.InvalidEmail;
        }

        if (AccountRules.RefusalOfPassword(password, email) is { } refusal)
        {
            return refusal switch
            {
                PasswordRefusal.TooShort => SetupOutcome.PasswordTooShort,
                PasswordRefusal.TooLong => SetupOutcome.PasswordTooLong,
                PasswordRefusal.TooPlain => SetupOutcome.PasswordTooPlain,
            };
        }

        if (await firstAdmin.CreateAsync(email, password, keys: null, $"{address} browser", cancellationToken) is not { } userId)
        {
            return SetupOutcome.AlreadyDone;
        }

        code.Retire();
        await start.CompleteAsync((await accounts.GetAsync(userId, cancellationToken))!, LoginMethods.SetUp, address, cancellationToken);
        return SetupOutcome.Done;
    }
}
