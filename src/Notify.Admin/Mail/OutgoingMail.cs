namespace Notify.Admin.Mail;

/// <summary>One mail to one person, as text and as HTML that says the same.</summary>
/// <param name="To">An e-mail address.</param>
internal sealed record OutgoingMail(string To, string Subject, string Text, string Html)
{
    /// <summary>Printing a mail does not print what it says.</summary>
    public override string ToString() => "a mail";
}
